/** A launch while it runs: one ping after the other, so that a late one never takes back a checkpoint. */
import type { Checkpoint, Launch } from '../../domain/model';
import { sameValue } from '../../domain/same-value';
import { messageOf } from '../../errors';
import { pinged, writePing } from '../../launchpad/launches/ping-launch';
import { DOCUMENT_LIMIT, storedBytes } from '../../specs/stored-values';
import type { LaunchPadStore } from '../../storage/launchpad-store';
import { ActionError } from '../../domain/actions/fw-action';
import type { RocketLog } from '../define-firetask';
import { readTrackers } from '../directory/trackers';
import { retrying, type Patience } from '../patience';

/** What a flight needs of its launch, wherever that is noted. */
export interface LiveRun {
  /** As last written. */
  readonly launch: Launch;
  startHeartbeat(): void;
  stopHeartbeat(): void;
  checkpoint(checkpoint: Checkpoint): Promise<void>;
  ping(checkpoint?: Checkpoint): Promise<void>;
  moveTo(launchDir: string): Promise<void>;
}

export interface LiveLaunchOptions {
  readonly store: LaunchPadStore;
  readonly launch: Launch;
  readonly logger: RocketLog;
  readonly now: () => Date;
  readonly pingEveryMs: number;
  readonly patience: Patience;
  /** What the database says already that is reached. */
  readonly noted?: Checkpoint | undefined;
}

export class LiveLaunch implements LiveRun {
  readonly #options: LiveLaunchOptions;
  #launch: Launch;
  #last: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LiveLaunchOptions) {
    this.#options = options;
    this.#launch = options.launch;
  }

  /** As last written. */
  get launch(): Launch {
    return this.#launch;
  }

  startHeartbeat(): void {
    let isPinging = false;
    const beat = async (): Promise<void> => {
      // While the database is away they would queue up, each with its own wait.
      if (isPinging) return;
      isPinging = true;
      await this.ping();
      isPinging = false;
    };
    this.#timer = setInterval(() => void beat(), this.#options.pingEveryMs);
    // A process is not kept alive by its own sign of life.
    this.#timer.unref();
  }

  stopHeartbeat(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Throws ActionError for a checkpoint that the database cannot hold. */
  async checkpoint(checkpoint: Checkpoint): Promise<void> {
    const bytes = storedBytes(checkpoint);
    if (bytes > DOCUMENT_LIMIT - storedBytes({ ...this.#launch, stateHistory: [] }) - 16_384) {
      throw new ActionError(
        `what the Firetasks have stored so far is too large: ${(bytes / 1024 / 1024).toFixed(1)} MiB do not fit into MongoDB's 16 MiB`,
      );
    }
    // A launch without trackers has nothing more to tell when its first Firetask begins.
    const isNoted = this.#launch.trackers.length === 0 && sameValue(checkpoint, this.#options.noted);
    await (isNoted ? this.touch(checkpoint) : this.ping(checkpoint));
  }

  /** A sign of life that is written with the end of the launch, and not by itself. */
  touch(checkpoint?: Checkpoint): Promise<void> {
    return this.#next(() => Promise.resolve(true), checkpoint);
  }

  /** A ping that fails is no reason to stop the work: the result is written later, with more patience. */
  ping(checkpoint?: Checkpoint): Promise<void> {
    return this.#next((launch) => writePing(this.#options.store, launch), checkpoint);
  }

  #next(write: (launch: Launch) => Promise<boolean>, checkpoint?: Checkpoint): Promise<void> {
    this.#last = this.#last.then(async () => {
      const { now, logger } = this.#options;
      try {
        const trackers = await readTrackers(this.#launch.trackers, this.#launch.launchDir);
        // What was reached counts also when it cannot be written just now: the end of the launch brings it along.
        this.#launch = pinged(this.#launch, { now: now(), trackers, checkpoint });
        await write(this.#launch);
      } catch (error) {
        logger.warn(`launch ${String(this.#launch.launchId)} could not be pinged: ${messageOf(error)}`);
      }
    });
    return this.#last;
  }

  async moveTo(launchDir: string): Promise<void> {
    const { store, patience } = this.#options;
    this.#launch = { ...this.#launch, launchDir };
    const { launchId } = this.#launch;
    await retrying(() => store.updateLaunch({ launchId, onlyWhile: ['RUNNING'], launchDir }), patience);
  }
}
