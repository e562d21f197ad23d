/** A server that goes away in the middle of the work is no bug of ours: it is said as if it had never answered. */
import {
  MongoBulkWriteError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';
import { LpadError, messageOf } from '../../errors';
import type { LaunchPadStore } from '../launchpad-store';

/** ShutdownInProgress, InterruptedAtShutdown, InterruptedDueToReplStateChange, PrimarySteppedDown, NotWritablePrimary. */
const LEAVING_CODES = new Set([91, 11_600, 11_602, 189, 10_107]);

/** What the driver passes on from a socket as it is. */
const SOCKET_CODES = new Set<unknown>(['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ETIMEDOUT', 'EHOSTUNREACH']);

function isLost(error: unknown): boolean {
  // A bulk write hides what broke it off: an error of the driver arrives without a code of the server.
  if (error instanceof MongoBulkWriteError && Number.isNaN(Number(error.code))) return true;
  if (error instanceof MongoServerError) return LEAVING_CODES.has(Number(error.code));
  return (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError ||
    (error instanceof Error && 'code' in error && SOCKET_CODES.has(error.code))
  );
}

type Method = (...args: readonly unknown[]) => unknown;

/** The same store; what it says of a lost connection is an LpadError. */
export function namingLostConnections(store: LaunchPadStore, display: string): LaunchPadStore {
  const translate = (error: unknown): unknown =>
    isLost(error)
      ? new LpadError(
          'NO_DATABASE',
          `the connection to MongoDB at ${display} was lost: ${messageOf(error)}`,
          {
            hint: 'run the command again when the server is back: what was begun is finished first',
            cause: error,
          },
        )
      : error;
  const entries = Object.entries(store).map(([name, member]: [string, unknown]) => {
    if (typeof member !== 'function') return [name, member];
    return [name, (...args: readonly unknown[]) => watched((member as Method)(...args), translate)];
  });
  return Object.fromEntries(entries) as LaunchPadStore;
}

function watched(result: unknown, translate: (error: unknown) => unknown): unknown {
  if (result instanceof Promise) {
    return result.catch((error: unknown) => {
      throw translate(error);
    });
  }
  const isIterable = typeof result === 'object' && result !== null && Symbol.asyncIterator in result;
  return isIterable ? iterate(result as AsyncIterable<unknown>, translate) : result;
}

async function* iterate(
  items: AsyncIterable<unknown>,
  translate: (error: unknown) => unknown,
): AsyncIterable<unknown> {
  try {
    yield* items;
  } catch (error) {
    throw translate(error);
  }
}
