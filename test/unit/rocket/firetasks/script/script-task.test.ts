import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ValueObject } from '../../../../../src/domain/model';
import { FiretaskError } from '../../../../../src/rocket/define-firetask';
import { scriptTask } from '../../../../../src/rocket/firetasks/script/script-task';
import { temporaryFolder } from '../../../../support/temporary-folder';

describe('ScriptTask', () => {
  const launchDir = temporaryFolder();
  const shown: string[] = [];
  const silent = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
  };

  async function run(parameters: ValueObject, spec: ValueObject = {}): Promise<unknown> {
    shown.length = 0;
    return scriptTask.run({
      parameters,
      spec,
      typed: { parameters, spec },
      launchDir,
      fwId: 1,
      launchId: 1,
      env: {},
      worker: { name: 'w', category: '', query: '{}' },
      storedData: {},
      logger: silent,
      output: { stdout: 2, writeStderr: (chunk) => void shown.push(Buffer.from(chunk).toString()) },
      signal: new AbortController().signal,
    });
  }

  const failure = (parameters: ValueObject, spec?: ValueObject): Promise<unknown> =>
    run(parameters, spec).then(
      () => undefined,
      (error: unknown) => error,
    );

  it('stops at the first command that fails', async () => {
    const action = await run({ script: ['true', 'exit 3', 'true'], fizzle_bad_rc: false });
    expect(action).toEqual({ stored_data: { returncode: 3, all_returncodes: [0, 3] } });
  });

  it('joins the output of several commands', async () => {
    const action = await run({
      script: ['printf a', 'printf b; printf c >&2'],
      store_stdout: true,
      store_stderr: true,
    });
    expect(action).toEqual({
      stored_data: { stdout: 'ab', stderr: 'c', returncode: 0, all_returncodes: [0, 0] },
    });
    expect(shown).toEqual([]);
  });

  it('appends the output to files of the launch directory', async () => {
    for (let count = 0; count < 2; count += 1)
      await run({ script: 'echo x; echo y >&2', stdout_file: 'out', stderr_file: 'err' });
    expect(readFileSync(join(launchDir, 'out'), 'utf8')).toBe('x\nx\n');
    expect(readFileSync(join(launchDir, 'err'), 'utf8')).toBe('y\ny\n');
  });

  it('replaces what is not UTF-8', async () => {
    expect(await run({ script: "printf 'a\\377b'", store_stdout: true })).toMatchObject({
      stored_data: { stdout: 'a\ufffdb' },
    });
  });

  it('splits commands by itself without a shell', async () => {
    const script = [`printf '%s,' "a b" $HOME`, 'sh -c "exit 0"'];
    expect(await run({ script, use_shell: false, store_stdout: true })).toMatchObject({
      stored_data: { stdout: 'a b,$HOME,' },
    });
  });

  it('uses another shell', async () => {
    expect(
      await run({ script: 'echo ${BASH_VERSION:+bash}', shell_exe: '/bin/bash', store_stdout: true }),
    ).toMatchObject({ stored_data: { stdout: 'bash\n' } });
  });

  it('reads from a file, one command on where the other stopped, or from the spec', async () => {
    writeFileSync(join(launchDir, 'in'), 'one\ntwo\n');
    const fromFile = await run({
      script: ['dd bs=4 count=1 2>/dev/null', 'cat'],
      stdin_file: 'in',
      store_stdout: true,
    });
    expect(fromFile).toMatchObject({ stored_data: { stdout: 'one\ntwo\n' } });
    expect(await run({ script: 'cat', stdin_key: 'k', store_stdout: true }, { k: 'é' })).toMatchObject({
      stored_data: { stdout: 'é' },
    });
    expect(await failure({ script: 'cat', stdin_key: 'k' })).toMatchObject({ name: 'KeyError' });
  });

  it('takes everything from the spec', async () => {
    const spec = { script: 'printf spec', store_stdout: true };
    expect(await run({ script: 'unused', use_global_spec: true }, spec)).toMatchObject({
      stored_data: { stdout: 'spec' },
    });
  });

  it('defuses the children, or fizzles with the codes and the last lines', async () => {
    expect(await run({ script: 'exit 2', defuse_bad_rc: true })).toEqual({
      stored_data: { returncode: 2, all_returncodes: [2] },
      defuse_children: true,
    });
    const error = await failure({ script: 'echo told; echo why >&2; kill -9 $$', store_stdout: true });
    expect(error).toBeInstanceOf(FiretaskError);
    expect(error).toMatchObject({
      name: 'RuntimeError',
      message: 'ScriptTask fizzled! Return code: [-9]',
      notes: [
        'ScriptTask, command: echo told; echo why >&2; kill -9 $$',
        'last lines on stdout:',
        '  told',
        'last lines on stderr:',
        '  why',
      ],
    });
    expect(shown.join('')).toBe('why\n');
  });

  it('does not wait for a daemon that keeps stderr open', async () => {
    const start = Date.now();
    await run({ script: 'sleep 20 >/dev/null & echo $! > pid' });
    expect(Date.now() - start).toBeLessThan(5000);
    process.kill(Number(readFileSync(join(launchDir, 'pid'), 'utf8')));
  });

  it.each([
    [
      { stdin_file: 'a', stdin_key: 'b' },
      'ScriptTask cannot process both a key and file as the standard in!',
    ],
    [
      { defuse_bad_rc: true, fizzle_bad_rc: true },
      'ScriptTask cannot both FIZZLE and DEFUSE a bad returncode!',
    ],
  ])('refuses %j', async (parameters, message) => {
    expect(await failure({ script: 'true', ...parameters })).toMatchObject({ name: 'ValueError', message });
  });
});
