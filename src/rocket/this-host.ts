/** The computer that a launch runs on, as FireWorks notes it. */
import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';

export interface Host {
  readonly host: string;
  readonly ip: string;
}

let known: Promise<Host> | undefined;

/** Looked up once: a name server may take seconds. */
export function thisHost(): Promise<Host> {
  known ??= findHost();
  return known;
}

async function findHost(): Promise<Host> {
  const host = hostname();
  const ip = await lookup(host, { family: 4 }).then(
    ({ address }) => address,
    () => '127.0.0.1',
  );
  return { host, ip };
}
