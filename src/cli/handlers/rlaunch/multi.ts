/** `rlaunch multi`: a pool of processes, each a rapidfire. */
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { EXIT, LpadError, messageOf, type ExitStatus } from '../../../errors';
import { fizzleLaunch } from '../../../launchpad/launches/fizzle-launch';
import type { RocketLog } from '../../../rocket/define-firetask';
import { shareNodes } from '../../../rocket/multi/node-lists';
import { runPool } from '../../../rocket/multi/pool';
import type { RunningNow } from '../../../rocket/multi/process-link';
import type { MultiArgs } from '../../commands/rlaunch/multi';
import type { CommandContext } from '../../program/define-command';
import { readLaunches } from './rapidfire';
import { withRocket } from './surroundings';

/** Of this very installation. */
const RLAUNCH = resolve(__dirname, '../../../../bin/rlaunch.js');

export async function run(args: MultiArgs, context: CommandContext): Promise<ExitStatus> {
  const { io } = context;
  const { numJobs, ppn, sleep, timeout } = args;
  if (numJobs < 1) throw new LpadError('USAGE', `NUM_JOBS: ${String(numJobs)} is no number of processes`);
  const nlaunches = readLaunches(args.nlaunches);
  const nodes = args.nodefile === undefined ? undefined : await readNodes(args.nodefile, args, context);
  const shares = shareNodes(numJobs, nodes, ppn);
  return withRocket(context, async ({ options, config }) => {
    const { logger, signal } = options;
    const sleepSecs = sleep === undefined || sleep === 0 ? config.RAPIDFIRE_SLEEP_SECS : sleep;
    const { died } = await runPool({
      shares,
      command: (left) => [RLAUNCH, ...globalWords(context), ...rapidfireWords(args, sleepSecs, left)],
      env: io.env,
      cwd: io.cwd,
      logger,
      signal,
      onHurry: io.onSecondSignal,
      lookAgain: nlaunches === 0 ? { sleepSecs, timeoutSecs: timeout } : undefined,
      onDeath: (name, how, running) => noteDeath(context, logger, `${name} ${how}`, running),
    });
    return died > 0 ? EXIT.someFailed : EXIT.ok;
  });
}

/** Nobody else knows that it runs no more: lost-run detection would take hours to find out. */
async function noteDeath(
  { io, openStore }: CommandContext,
  logger: RocketLog,
  how: string,
  { fwId, launchId }: RunningNow,
): Promise<void> {
  const reason = `the rocket's process ${how}`;
  try {
    const store = await openStore();
    if (await fizzleLaunch(store, launchId, reason, () => io.now()))
      logger.error(`Firework ${String(fwId)} is FIZZLED: ${reason}`);
  } catch (error) {
    logger.error(`Firework ${String(fwId)} stays RUNNING (see lpad detect_lostruns): ${messageOf(error)}`);
  }
}

async function readNodes(
  named: string,
  { excludeCurrentNode }: MultiArgs,
  { io, say }: CommandContext,
): Promise<readonly string[]> {
  const file = resolve(io.cwd, io.env[named] ?? named);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new LpadError('USAGE', `--nodefile: ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  const nodes = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (!excludeCurrentNode) return nodes;
  const host = hostname();
  const others = nodes.filter((node) => node !== host);
  if (others.length < nodes.length) say(`Remove the current node "${host}" from compute node`);
  else say('The current node is not in the node list, keep the node list as is');
  return others;
}

function rapidfireWords(
  { nlaunches, maxLoops, localRedirect }: MultiArgs,
  sleepSecs: number,
  timeoutSecs: number | undefined,
): readonly string[] {
  return [
    'rapidfire',
    `--nlaunches=${nlaunches}`,
    `--sleep=${String(sleepSecs)}`,
    `--max_loops=${String(maxLoops)}`,
    ...(timeoutSecs === undefined ? [] : [`--timeout=${String(timeoutSecs)}`]),
    ...(localRedirect ? ['--local_redirect'] : []),
  ];
}

function globalWords({ globals }: CommandContext): readonly string[] {
  const { launchpadFile, fworkerFile, configDir, logdir, loglvl, silencer, debug } = globals;
  const valued = {
    launchpad_file: launchpadFile,
    fworker_file: fworkerFile,
    config_dir: configDir,
    logdir,
    loglvl,
  };
  return [
    ...Object.entries(valued).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}=${value}`])),
    ...(silencer ? ['--silencer'] : []),
    ...(debug ? ['--debug'] : []),
  ];
}
