/** A launch that is noted in files instead of the database. */
import type { Checkpoint, Launch, ValueObject } from '../../domain/model';
import { messageOf } from '../../errors';
import { isoTimestamp } from '../../domain/timestamps';
import type { RocketLog } from '../define-firetask';
import type { LiveRun } from '../flight/live-launch';
import { writeOfflineFile, writePingFile } from './offline-files';

export interface OfflineLaunchOptions {
  readonly launch: Launch;
  /** As read from FW_offline.json. */
  readonly content: ValueObject;
  readonly logger: RocketLog;
  readonly now: () => Date;
  readonly pingEveryMs: number;
}

export class OfflineLaunch implements LiveRun {
  readonly launch: Launch;
  readonly #options: OfflineLaunchOptions;
  #content: ValueObject;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OfflineLaunchOptions) {
    this.#options = options;
    this.launch = options.launch;
    this.#content = options.content;
  }

  startHeartbeat(): void {
    this.#timer = setInterval(() => void this.ping(), this.#options.pingEveryMs);
    this.#timer.unref();
  }

  stopHeartbeat(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async checkpoint(checkpoint: Checkpoint): Promise<void> {
    await this.note({ checkpoint: { ...checkpoint } });
    await this.ping();
  }

  /** A sign of life that cannot be given is no reason to stop the work. */
  async ping(): Promise<void> {
    const { now, logger } = this.#options;
    try {
      await writePingFile(this.launch.launchDir, isoTimestamp(now()));
    } catch (error) {
      logger.warn(`no sign of life could be written: ${messageOf(error)}`);
    }
  }

  /** Adds to what the file says. */
  async note(more: ValueObject): Promise<void> {
    this.#content = { ...this.#content, ...more };
    await writeOfflineFile(this.launch.launchDir, this.#content);
  }

  moveTo(): Promise<void> {
    return Promise.reject(new Error('an offline run stays in its directory'));
  }
}
