/** What the commands of rlaunch run a rocket with: the configured worker, its Firetasks, a log, and the signals. */
import { resolve } from 'node:path';
import { FW_DEFAULTS, loadFwConfig, type FwConfig } from '../../../config/fw-config';
import { loadFWorker } from '../../../config/fworker';
import { loadLaunchPadConfig, type LaunchPadConfig } from '../../../config/launchpad-config';
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { createLogger, type LoggerOptions } from '../../../logging/create-logger';
import { parseLogLevel, type LogLevel } from '../../../logging/logger';
import type { RocketOptions, RocketSettings } from '../../../rocket/rocket-options';
import { unknownDirectives } from '../../../specs/printing/strftime';
import type { CommandContext } from '../../program/define-command';
import { jobPrograms, runnableFiretasks } from '../configured-firetasks';

export interface OfflineSurroundings {
  readonly options: Omit<RocketOptions, 'store' | 'launchDir' | 'fwId'>;
  readonly config: FwConfig;
}

export interface RocketSurroundings extends OfflineSurroundings {
  readonly options: Omit<RocketOptions, 'launchDir' | 'fwId'>;
}

/** The exit status is 130 when a signal came, whatever was finished before it. */
export async function withRocket(
  context: CommandContext,
  work: (surroundings: RocketSurroundings) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  return withOfflineRocket(context, async ({ options, config }) => {
    const store = await context.openStore();
    return work({ options: { ...options, store }, config });
  });
}

/** The same without the database. */
export async function withOfflineRocket(
  context: CommandContext,
  work: (surroundings: OfflineSurroundings) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const { io, globals } = context;
  const { env, cwd, home } = io;
  const config = await loadFwConfig({ env, cwd, home });
  const worker = await loadFWorker(
    { file: globals.fworkerFile, configDir: globals.configDir, env, cwd, home },
    config,
  );
  const launchPad = await loadLaunchPadConfig(
    { file: globals.launchpadFile, configDir: globals.configDir, env, cwd, home },
    config,
  );
  const registry = await runnableFiretasks(config, launchPad, context);
  const level = levelOf(context, config, launchPad);
  const logdir = globals.logdir ?? launchPad.logdir;
  return withLog(context, { level, logdir, format: config.FW_LOGGING_FORMAT }, (running) => {
    const surroundings = {
      firetasks: jobPrograms(config, launchPad, io),
      logdir: logdir === undefined ? null : resolve(cwd, logdir),
    };
    const options = { ...running, worker, registry, settings: settingsOf(config), surroundings };
    return work({ options, config });
  });
}

/** What runs Firetasks says what it does, and listens to signals: the first one ends what runs, the second one gives it up. */
export async function withLog(
  { io }: CommandContext,
  log: Pick<LoggerOptions, 'level' | 'logdir' | 'format'>,
  work: (running: Pick<RocketOptions, 'logger' | 'signal' | 'hurry'>) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  const logger = createLogger({ ...log, stream: io.stderr, name: 'rocket_launcher' });
  const signals = namedSignals(io.signal);
  const hurry = new AbortController();
  const release = io.onSecondSignal(() => {
    logger.warn('the running Firework is given up, and noted as FIZZLED; a third signal leaves it RUNNING');
    hurry.abort();
  });
  try {
    const status = await work({ logger, signal: signals.signal, hurry: hurry.signal });
    return io.signal.aborted ? EXIT.interrupted : status;
  } finally {
    signals.close();
    release();
    await logger.close();
  }
}

/** `strm_lvl` of the launchpad file counts where FW_config.yaml leaves ROCKET_STREAM_LOGLEVEL as it is by default. */
export function levelOf(
  { globals }: Pick<CommandContext, 'globals'>,
  { ROCKET_STREAM_LOGLEVEL: ofRockets }: FwConfig,
  { streamLevel }: Partial<Pick<LaunchPadConfig, 'streamLevel'>>,
): LogLevel {
  if (globals.silencer) return 'WARNING';
  const ofFiles = ofRockets === FW_DEFAULTS.ROCKET_STREAM_LOGLEVEL ? (streamLevel ?? ofRockets) : ofRockets;
  return parseLogLevel(globals.loglvl ?? ofFiles) ?? 'INFO';
}

function settingsOf(config: FwConfig): Partial<RocketSettings> {
  const order = config.SORT_FWS === 'FIFO' ? 'fifo' : config.SORT_FWS === 'FILO' ? 'filo' : 'id';
  return {
    order,
    pingEveryMs: config.PING_TIME_SECS * 1000,
    removeUselessDirs: config.REMOVE_USELESS_DIRS,
    fireworkFiles: [
      ...(config.PRINT_FW_JSON ? (['json'] as const) : []),
      ...(config.PRINT_FW_YAML ? (['yaml'] as const) : []),
    ],
    blockFormat: blockFormatOf(config),
    lockWaitMs: config.WFLOCK_EXPIRATION_SECS * 1000,
    killsLocks: config.WFLOCK_EXPIRATION_KILL,
  };
}

function blockFormatOf({ FW_BLOCK_FORMAT: format, source }: FwConfig): string {
  const unknown = unknownDirectives(format);
  if (unknown.length === 0 && !format.includes('/')) return format;
  const what = unknown.length > 0 ? `${unknown.join(', ')} is not known` : 'a name of a folder has no /';
  throw new LpadError('BAD_CONFIG', `FW_BLOCK_FORMAT in ${source ?? 'FW_config.yaml'}: ${what}`, {
    hint: 'such as %Y-%m-%d-%H-%M-%S-%f',
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** The signal of the command, with the name of what came as its reason: it is stored with the Firework. */
function namedSignals(outer: AbortSignal): { readonly signal: AbortSignal; close(): void } {
  const controller = new AbortController();
  let name: string = SIGNALS[0];
  const note = (signal: NodeJS.Signals): void => {
    name = signal;
  };
  // Before the listener that aborts `outer`.
  for (const signal of SIGNALS) process.prependListener(signal, note);
  const abort = (): void => controller.abort(typeof outer.reason === 'string' ? outer.reason : name);
  if (outer.aborted) abort();
  outer.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    close: () => {
      for (const signal of SIGNALS) process.removeListener(signal, note);
      outer.removeEventListener('abort', abort);
    },
  };
}
