/** From the options of a new run to what is different in it. */
import { LpadError } from '../../errors';
import type { NewRunWishes } from '../../launchpad/as-new/start-runs';
import type { NEW_RUN_OPTIONS } from './new-run-options';
import type { ArgsOf } from './option-spec';
import { parseEdits } from './parse-edits';

type NewRunArgs = ArgsOf<typeof NEW_RUN_OPTIONS> & {
  readonly set: readonly string[];
  readonly unset: readonly string[];
};

export function toNewRunWishes(args: NewRunArgs, name?: string): NewRunWishes {
  const { project, domain } = args;
  return {
    ...(name === undefined ? {} : { name: filled(name, '--name') }),
    ...(project === undefined ? {} : { project: filled(project, '-p') }),
    ...(domain === undefined ? {} : { domain: filled(domain, '-d') }),
    env: pairsOf(args.env, '-e', /^[A-Za-z_]\w*$/),
    labels: pairsOf(args.label, '--label', /^[^\s=.$][^\s=.]*$/),
    edits: parseEdits(args.set, args.unset),
    current: args.current,
  };
}

function filled(text: string, option: string): string {
  if (text.trim() !== '') return text;
  throw new LpadError('USAGE', `${option}: an empty text is no name`);
}

/** The value may hold further `=`, and be empty. */
function pairsOf(words: readonly string[], option: string, names: RegExp): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.map((word) => {
      const equals = word.indexOf('=');
      const key = word.slice(0, Math.max(equals, 0));
      if (equals > 0 && names.test(key)) return [key, word.slice(equals + 1)];
      const what = equals < 0 ? 'there is no KEY=VALUE in it' : `"${key}" is no name`;
      throw new LpadError('USAGE', `${option} ${word}: ${what}`, { hint: `${option} THREADS=4` });
    }),
  );
}
