/**
 * From selector options to selections. One place for every command, so that `get_fws … -d ids` prints exactly what
 * `rerun_fws …` with the same selectors reruns. Pure: nothing is read.
 */
import { STATES, isFireworkState, type FireworkState } from '../../domain/state';
import { LpadError } from '../../errors';
import { parseQuery } from '../../specs/parse-query';
import type { FireworkSelection, Query, SortOrder, WorkflowSelection } from '../../storage/launchpad-store';
import { errorQuery } from '../../specs/typed/error-query';
import { parseIds } from '../../specs/typed/parse-ids';
import { didYouMean } from '../program/suggest';

type SortKey = SortOrder['field'];

/** What the option groups yield; a command that leaves a group out leaves its keys out. */
export interface SelectorArgs {
  readonly fwId: readonly string[];
  readonly name: readonly string[];
  readonly state: readonly string[];
  readonly query: string | undefined;
  readonly launchesMode?: boolean;
  readonly error?: string | undefined;
  readonly fingerprint?: readonly string[];
  /** Turned into ids by the command: finding the reservation takes a store. */
  readonly qid?: string | undefined;
  readonly max?: number | undefined;
  readonly sort?: SortKey | undefined;
  readonly rsort?: SortKey | undefined;
}

/** What stands before the letter of a short flag: `-wfi` selects workflows, `-fwi` Fireworks, `-i` what there is. */
type FlagPrefix = '' | 'wf' | 'fw';

export function toFireworkSelection(args: SelectorArgs, prefix: FlagPrefix = ''): FireworkSelection {
  const raw = rawQuery(args, prefix);
  const state = anyOf('state', parseStates(args.state, `-${prefix}s`));
  const name = anyOf('name', args.name);
  const asked = args.launchesMode === true ? launchQuery(raw, state) : [];
  const activeLaunch = [...asked, ...(args.error === undefined ? [] : [errorQuery(args.error)])];
  const where = args.launchesMode === true ? allOf([name]) : allOf([raw, name, state]);
  return {
    ...(args.fwId.length > 0 ? { ids: parseIds(args.fwId, `-${prefix}i`) } : {}),
    ...(where === undefined ? {} : { where }),
    ...(activeLaunch.length > 0 ? { activeLaunch } : {}),
    ...failedWith(args.fingerprint),
    ...limitAndSort(args),
  };
}

/** The ids are any members; name, state and query are asked of `workflows`. */
export function toWorkflowSelection(args: SelectorArgs, prefix: FlagPrefix = ''): WorkflowSelection {
  const state = anyOf('state', parseStates(args.state, `-${prefix}s`));
  const where = allOf([rawQuery(args, prefix), anyOf('name', args.name), state]);
  return {
    ...(args.fwId.length > 0 ? { members: parseIds(args.fwId, `-${prefix}i`) } : {}),
    ...(where === undefined ? {} : { where }),
    ...limitAndSort(args),
  };
}

/** For commands that change something: FireWorks takes "nothing said" for "everything". */
export function requireSelector(args: SelectorArgs): void {
  const { fwId, name, state, fingerprint = [] } = args;
  const lists = [fwId, name, state, fingerprint].some((words) => words.length > 0);
  const texts = [args.query, args.error, args.qid].some((text) => text !== undefined);
  if (lists || texts) return;
  throw new LpadError(
    'BAD_SELECTOR',
    "nothing is selected: say which with -i, -n, -s or -q (-q '{}' selects everything)",
  );
}

/** Each once, in the order they were typed; `FIZZLED,READY` is two. */
export function parseStates(words: readonly string[], option = '-s'): FireworkState[] {
  const states = words
    .flatMap((word) => word.split(','))
    .map((part) => {
      const state = part.trim().toUpperCase();
      if (isFireworkState(state)) return state;
      throw new LpadError('BAD_SELECTOR', `${option}: unknown state "${part}"${didYouMean(state, STATES)}`, {
        hint: `${option} with one of ${STATES.join(' ')}`,
      });
    });
  return [...new Set(states)];
}

/** As `lpad failures` prints them: ten hexadecimal digits. */
function failedWith(words: readonly string[] = []): Pick<FireworkSelection, 'failedWith'> {
  if (words.length === 0) return {};
  const fingerprints = words.map((word) => {
    const fingerprint = word.trim().toLowerCase();
    if (/^[0-9a-f]{10}$/.test(fingerprint)) return fingerprint;
    throw new LpadError('BAD_SELECTOR', `--fingerprint: "${word}" is none: it has ten hexadecimal digits`, {
      hint: 'lpad failures shows those that there are',
    });
  });
  return { failedWith: [...new Set(fingerprints)] };
}

function rawQuery({ query }: SelectorArgs, prefix: FlagPrefix): Query | undefined {
  return query === undefined ? undefined : parseQuery(query, `-${prefix}q`);
}

/** Query and state must hold of the same launch, so they are one query. */
function launchQuery(raw: Query | undefined, state: Query | undefined): readonly Query[] {
  if (raw === undefined && state === undefined) {
    throw new LpadError('BAD_SELECTOR', '-lm asks the launches, but there is no -q or -s to ask', {
      hint: '-lm -s FIZZLED',
    });
  }
  return [allOf([raw, state]) ?? {}];
}

function anyOf(field: string, values: readonly string[]): Query | undefined {
  if (values.length === 0) return undefined;
  return { [field]: values.length === 1 ? values[0] : { $in: [...new Set(values)] } };
}

/** `$and` when there are several, because a raw query may ask the same field; undefined when nothing is asked. */
function allOf(queries: readonly (Query | undefined)[]): Query | undefined {
  const asked = queries.filter((query) => query !== undefined && Object.keys(query).length > 0);
  return asked.length > 1 ? { $and: asked } : asked[0];
}

function limitAndSort({ max, sort, rsort }: SelectorArgs): Pick<FireworkSelection, 'limit' | 'sort'> {
  if (max !== undefined && max < 0) {
    throw new LpadError('BAD_SELECTOR', `-m: ${max} is no number of hits; write 0 for no limit`);
  }
  const field = sort ?? rsort;
  return {
    ...(max === undefined || max === 0 ? {} : { limit: max }),
    ...(field === undefined ? {} : { sort: { field, direction: sort === undefined ? -1 : 1 } }),
  };
}
