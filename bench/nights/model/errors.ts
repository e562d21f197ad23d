/** What failing launches say. Numbers, paths and hosts differ from launch to launch, as they do in life. */
import { between } from './draw';

/** For what differs. */
export interface Place {
  readonly host: string;
  /** Between 0 and 1. */
  readonly drawn: number;
}

export interface ErrorKind {
  readonly name: string;
  /** How often it is met, compared with the others of its nature. */
  readonly weight: number;
  /** After which part of its hours a launch fails of it. */
  readonly dies: { readonly from: number; readonly to: number };
  readonly message: (place: Place) => string;
}

function number(from: number, to: number, { drawn }: Place): string {
  return String(Math.floor(between(from, to, drawn)));
}

function kind(
  name: string,
  weight: number,
  [from, to]: readonly [number, number],
  message: ErrorKind['message'],
): ErrorKind {
  return { name, weight, dies: { from, to }, message };
}

/** Of what is around a Firework, and is over when it is tried again. */
export const TRANSIENT_ERRORS: readonly ErrorKind[] = [
  kind(
    'stale file handle',
    30,
    [0, 1],
    (place) => `OSError: [Errno 116] Stale file handle: '/scratch/run-${number(1e4, 1e5, place)}/CHGCAR'`,
  ),
  kind(
    'node failure',
    25,
    [0, 1],
    (place) =>
      `SlurmError: JOB ${number(1e5, 1e6, place)} ON ${place.host} CANCELLED AT 2026-01-${number(10, 29, place)}T03:12:44 DUE TO NODE FAILURE`,
  ),
  kind(
    'connection reset',
    25,
    [0, 1],
    (place) => `ConnectionError: peer ${place.host} reset the connection after ${number(5, 600, place)} s`,
  ),
  kind(
    'service unavailable',
    20,
    [0.9, 1],
    (place) =>
      `ServiceError: 503 from https://store.example.org/upload/${number(1e4, 1e5, place)}, tried 3 times`,
  ),
];

/** Of the Firework itself: they come back however often it is tried. */
export const DETERMINISTIC_ERRORS: readonly ErrorKind[] = [
  kind(
    'not converged',
    40,
    [0.7, 1],
    (place) => `ConvergenceError: not converged after 200 steps, dE = ${place.drawn.toExponential(3)} eV`,
  ),
  kind(
    'bad input',
    25,
    [0.01, 0.05],
    (place) =>
      `ValidationError: INCAR of '/scratch/in-${number(1e4, 1e5, place)}' is not valid: ENCUT missing`,
  ),
  kind(
    'positive energy',
    15,
    [0.3, 0.8],
    (place) =>
      `CalculationError: positive energy of ${place.drawn.toFixed(3)} eV at step ${number(2, 60, place)}`,
  ),
  kind(
    'symmetry',
    15,
    [0.05, 0.3],
    (place) => `SymmetryError: inconsistent lattice vectors, deviation ${place.drawn.toExponential(2)}`,
  ),
  kind(
    'results not understood',
    5,
    [0.95, 1],
    (place) => `ParseError: unexpected end of '/scratch/run-${number(1e4, 1e5, place)}/vasprun.xml'`,
  ),
];

/** On hosts that lack something. */
export const HOST_ERROR = kind(
  'library missing',
  1,
  [0.002, 0.01],
  ({ host }) => `ImportError: libmkl_avx512.so.2: cannot open shared object file on ${host}`,
);

export const MEMORY_ERROR = kind(
  'out of memory',
  1,
  [0.2, 0.9],
  (place) => `MemoryError: cannot allocate ${number(70, 120, place)} GiB`,
);

/** While a service is away, whatever uses it fails alike. */
export const OUTAGE_ERRORS = {
  licence: kind(
    'licence server away',
    1,
    [0.01, 0.05],
    (place) => `LicenseError: no answer from 27000@lic-2 after ${number(30, 300, place)} s`,
  ),
  storage: kind(
    'file system away',
    1,
    [0.3, 1],
    (place) => `OSError: [Errno 5] Input/output error: '/project/out-${number(1e4, 1e5, place)}/WAVECAR'`,
  ),
} as const;

export type Service = keyof typeof OUTAGE_ERRORS;
