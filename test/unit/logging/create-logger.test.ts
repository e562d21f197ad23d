import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { createLogger } from '../../../src/logging/create-logger';
import { logLine } from '../../../src/logging/log-line';
import { parseLogLevel } from '../../../src/logging/logger';

function memory(): { readonly stream: Writable; text(): string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk.toString());
      done();
    },
  });
  return { stream, text: () => chunks.join('') };
}

const STAMP = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}`;

describe('the logger', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'lpad-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("writes FireWorks' lines to the stream, from its level on", async () => {
    const { stream, text } = memory();
    const logger = createLogger({ level: 'INFO', stream, name: 'launchpad' });
    logger.debug('not shown');
    logger.info('Finished setting 3 FWs to rerun');
    logger.warn('careful');
    logger.error('bad');
    await logger.close();
    expect(text()).toMatch(
      new RegExp(
        `^${STAMP} INFO Finished setting 3 FWs to rerun\n${STAMP} WARNING careful\n${STAMP} ERROR bad\n$`,
      ),
    );
  });

  it('is silent at CRITICAL, and closes without ever having written', async () => {
    const { stream, text } = memory();
    const logger = createLogger({ level: 'CRITICAL', stream, name: 'launchpad' });
    logger.error('bad');
    await logger.close();
    expect(text()).toBe('');
  });

  it('writes everything to the debug file and errors to the error file, with no secrets', async () => {
    const { stream } = memory();
    const logdir = path.join(folder, 'new', 'logs');
    const logger = createLogger({ level: 'CRITICAL', stream, logdir, name: 'rocket_launcher' });
    logger.debug('connecting to mongodb://me:hush@host/db');
    logger.error('bad');
    await logger.close();
    const debugFile = readFileSync(path.join(logdir, 'rocket_launcher-debug.log'), 'utf8');
    expect(debugFile).toMatch(
      new RegExp(`^${STAMP} DEBUG connecting to mongodb://\\*\\*\\*@host/db\n${STAMP} ERROR bad\n$`),
    );
    expect(readFileSync(path.join(logdir, 'rocket_launcher-error.log'), 'utf8')).toMatch(
      new RegExp(`^${STAMP} ERROR bad\n$`),
    );
  });

  it('says that log files cannot be written, and goes on', async () => {
    for (const broken of ['a-file', 'a-folder']) {
      const { stream, text } = memory();
      const logdir = path.join(folder, broken);
      if (broken === 'a-file') writeFileSync(logdir, '');
      else mkdirSync(path.join(logdir, 'launchpad-debug.log'), { recursive: true });
      const logger = createLogger({ level: 'INFO', stream, logdir, name: 'launchpad' });
      logger.info('hello');
      await logger.close();
      expect(text()).toContain(`no log file in ${logdir}: `);
      expect(text()).toContain('INFO hello');
    }
  });

  it('follows FW_LOGGING_FORMAT', () => {
    const record = {
      date: new Date(2026, 10, 21, 9, 1, 43, 55),
      level: 'INFO',
      name: 'rocket',
      message: 'hi',
    } as const;
    expect(logLine('%(levelname)-8s|%(name)s|%(asctime)s|%(message)s|%(lineno)d', record)).toBe(
      'INFO    |rocket|2026-11-21 09:01:43,055|hi|%(lineno)d',
    );
  });

  it('knows levels in any case of letters', () => {
    expect([parseLogLevel('debug'), parseLogLevel('Warning'), parseLogLevel('loud')]).toEqual([
      'DEBUG',
      'WARNING',
      undefined,
    ]);
  });
});
