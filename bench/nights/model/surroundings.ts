/** What is around the Fireworks: hosts, some of which are bad for some days, and services that are away at times. */
import { between, type Draw } from './draw';
import type { Service } from './errors';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Milliseconds since the simulation began; without `to` itself. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface Host {
  readonly name: string;
  /** What HOST_ERROR needs is missing there. */
  readonly bad: Span | undefined;
}

export interface Outage extends Span {
  readonly service: Service;
}

export interface Surroundings {
  readonly hosts: readonly Host[];
  readonly outages: readonly Outage[];
}

/** Of the hosts so many are bad once, for `BAD_DAYS`. */
const BAD_SHARE = 0.25;
const BAD_DAYS = { from: 3, to: 9 } as const;

/** Days and hours after the beginning, at noon: two in the night, one over more than a day. */
const OUTAGES: readonly { readonly service: Service; readonly day: number; readonly hours: number }[] = [
  { service: 'licence', day: 3.4, hours: 40 },
  { service: 'storage', day: 8.5, hours: 10 },
  { service: 'licence', day: 14.35, hours: 9 },
];

export function makeSurroundings(hosts: number, draw: Draw): Surroundings {
  return {
    hosts: Array.from({ length: hosts }, (_, at) => makeHost(at + 1, draw)),
    outages: OUTAGES.map(({ service, day, hours }) => ({
      service,
      from: day * DAY_MS,
      to: day * DAY_MS + hours * HOUR_MS,
    })),
  };
}

function makeHost(number: number, draw: Draw): Host {
  const name = `node-${String(number).padStart(3, '0')}`;
  if (draw('bad host', number) >= BAD_SHARE) return { name, bad: undefined };
  const from = between(0, 15, draw('bad since', number)) * DAY_MS;
  return {
    name,
    bad: { from, to: from + between(BAD_DAYS.from, BAD_DAYS.to, draw('bad for', number)) * DAY_MS },
  };
}

export function isIn(span: Span | undefined, at: number): boolean {
  return span !== undefined && at >= span.from && at < span.to;
}

export function isAway({ outages }: Surroundings, service: Service | undefined, at: number): boolean {
  return outages.some((one) => one.service === service && isIn(one, at));
}
