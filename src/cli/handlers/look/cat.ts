/** `lpad cat --sourcecode`: the source code that a Firework ran with. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { getSourcecode, readSource, type WholeSourcecode } from '../../../launchpad/restart/get-sourcecode';
import type { CatArgs } from '../../commands/look/cat';
import { writeOut } from '../../io';
import { printValue } from '../../output/json';
import type { CommandContext } from '../../program/define-command';
import { didYouMean } from '../../program/suggest';

export async function run(args: CatArgs, context: CommandContext): Promise<ExitStatus> {
  const { io, globals } = context;
  const { fwId, launchId, path } = args;
  if (!args.sourcecode) throw usage('nothing is said to show: --sourcecode is what there is');
  if (fwId === undefined) throw usage('no Firework is named: say which with -i');
  if (path?.startsWith('/')) throw usage(`-p ${path}: the path of a file is relative to the source folder`);
  const store = await context.openStore();
  const sourcecode = await getSourcecode(store, fwId, launchId);
  if (path === undefined) {
    const { output } = globals;
    if (output === 'json' || output === 'yaml') await printValue(io, described(fwId, sourcecode), globals);
    else await writeOut(io, sourcecode.tree.map((file) => `${file.path}\n`).join(''));
    return EXIT.ok;
  }
  const file = sourcecode.tree.find((one) => one.path === normalized(path));
  if (!file) {
    const paths = sourcecode.tree.map((one) => one.path);
    throw new LpadError(
      'NOT_FOUND',
      `the source code of Firework ${String(fwId)} has no ${path}${didYouMean(path, paths)}`,
      { hint: `lpad cat --sourcecode -i ${String(fwId)}   (lists its files)` },
    );
  }
  await writeOut(io, await readSource(store, sourcecode, file));
  return EXIT.ok;
}

function usage(message: string): LpadError {
  return new LpadError('USAGE', message, { hint: 'lpad cat --sourcecode -i 3 -p train.py' });
}

function normalized(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
}

function described(fwId: number, { launchId, hash, tree }: WholeSourcecode): unknown {
  return { fw_id: fwId, launch_id: launchId, sourcecode: hash, files: tree };
}
