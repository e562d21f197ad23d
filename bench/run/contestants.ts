/** Who runs a row: `lpad` on MongoDB or on the embedded store, FireWorks' own, and the bare driver. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peerCache, peerPython } from '../../test/support/install-peer';
import type { Row } from '../rows/row';
import type { Invocation } from './measure';

export type Contestant = 'ours' | 'fireworks' | 'floor' | 'embedded';

export interface Arena {
  /** The folder that has bin/ and dist/. */
  readonly home: string;
  readonly folder: string;
  readonly uri: string;
  readonly database: string;
  /** Where the embedded store of this row is. */
  readonly store: string;
  readonly limitSeconds: number;
}

const FIREWORKS_PROGRAMS = {
  lpad: 'import logging; logging.disable()\nimport sys; from fireworks.scripts.lpad_run import lpad; sys.exit(lpad(sys.argv[1:]))',
  rlaunch:
    'import logging; logging.disable()\nimport sys; from fireworks.scripts.rlaunch_run import rlaunch; sys.exit(rlaunch(sys.argv[1:]))',
} as const;

export function invocationOf(contestant: Contestant, row: Row, arena: Arena): Invocation {
  const { home, folder } = arena;
  const uri = `${arena.uri.replace(/\/+(\?.*)?$/, '')}/${arena.database}`;
  const node = process.execPath;
  if (contestant === 'ours' || contestant === 'embedded') {
    const place = contestant === 'ours' ? uri : arena.store;
    return {
      command: node,
      args: [join(home, `bin/${row.program ?? 'lpad'}.js`), ...row.ours],
      env: { LPAD_URI: place },
      folder,
    };
  }
  if (contestant === 'floor') {
    const [script = '', ...args] = row.floor ?? [];
    return {
      command: node,
      args: [join(__dirname, '../floor', script), ...args],
      env: { LPAD_URI: uri },
      folder,
    };
  }
  return fireworksInvocation(row, arena);
}

function fireworksInvocation(row: Row, { uri, database, folder, limitSeconds }: Arena): Invocation {
  const file = join(folder, 'my_launchpad.yaml');
  // JSON is YAML.
  writeFileSync(
    file,
    JSON.stringify({ host: uri, name: database, uri_mode: true, logdir: null, strm_lvl: 'CRITICAL' }),
  );
  const home = join(peerCache(), 'empty-home');
  mkdirSync(home, { recursive: true });
  // FireWorks takes its own day, in the zone of the machine, for a yes.
  const program = row.program ?? 'lpad';
  const yes = row.changes && program === 'lpad' ? ['--password', new Date().toLocaleDateString('sv-SE')] : [];
  const options = row.fireworks?.[0]?.startsWith('-') ? [] : ['-l', file];
  return {
    command: peerPython() ?? 'python3',
    args:
      row.fireworksScript === undefined
        ? ['-c', FIREWORKS_PROGRAMS[program], ...options, ...(row.fireworks ?? []), ...yes]
        : ['-c', row.fireworksScript, uri, database],
    env: { HOME: home, PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' },
    folder,
    ...(row.memory ? { limitSeconds } : {}),
  };
}

export function contestantsOf(
  row: Row,
  { fireworks, embedded }: { fireworks: boolean; embedded: boolean },
): readonly Contestant[] {
  return [
    'ours',
    ...(row.floor ? (['floor'] as const) : []),
    ...((row.fireworks ?? row.fireworksScript) && fireworks && peerPython() !== undefined
      ? (['fireworks'] as const)
      : []),
    ...(row.embedded && embedded ? (['embedded'] as const) : []),
  ];
}
