/** What a person must decide after a night, each with what to type. */
import type { DecisionKind, PersonDecision } from '../../../launchpad/morning/load-morning';
import { counted } from '../counted';
import { idRanges } from '../id-ranges';
import type { Block, TypedCommand } from './blocks';
import { recoverAgain } from './words';

type Entry = Extract<Block, { readonly kind: 'entry' }>;

export interface NightCommand {
  readonly key: string;
  readonly policyFile: string;
}

export function decisionEntry(decision: PersonDecision, night: NightCommand): Entry {
  const { fingerprint, pattern, fwIds } = decision;
  return {
    kind: 'entry',
    name: `${counted(fwIds.length, 'Firework')} ${TITLES[decision.kind]}`,
    lines: [`${fingerprint}  ${pattern}`, ...why(decision)],
    commands: commandsOf(decision, night),
  };
}

const TITLES: Readonly<Record<DecisionKind, string>> = {
  refused: 'could not be rerun',
  stopped: 'stopped by the circuit breaker',
  quarantined: 'in quarantine',
  'attempts used up': 'out of attempts',
  'no rule': 'without a rule',
  left: 'left to you by a rule',
};

function why({ kind, reason, otherReasons, rule, night }: PersonDecision): readonly string[] {
  const others = otherReasons > 0 ? ` (and ${counted(otherReasons, 'other reason')})` : '';
  const since = kind === 'quarantined' ? [`by the rule ${rule}, since the night ${night ?? ''}`] : [];
  const after = kind === 'stopped' ? ['Without you, new canaries go after that.'] : [];
  return [`${reason}${others}`, ...since, ...after];
}

/** For programs, too. */
export function commandsOf(
  { kind, fwIds, fingerprint }: PersonDecision,
  night: NightCommand,
): readonly TypedCommand[] {
  const ids = selectorOf(fwIds, fingerprint);
  const look =
    fwIds.length === 1
      ? command('look', `lpad explain ${ids}`)
      : command('look', `lpad failures --fingerprint ${fingerprint}`);
  const one = fwIds.length === 1 ? [] : [command('look at one', `lpad explain -i ${String(fwIds[0])}`)];
  const giveUp = command('give up', `lpad defuse_fws ${ids}`);
  const rerun = `lpad rerun_fws ${ids}`;
  switch (kind) {
    case 'refused':
      return [look, ...one, command('try again', recoverAgain(night))];
    case 'stopped':
      return [look, ...one, command(`run all now`, rerun), giveUp];
    case 'quarantined':
      return [
        look,
        ...one,
        command('mended: recover may try again', `lpad quarantine release ${ids}`),
        command('run with changes, now', `${rerun} --set PATH=VALUE`),
        giveUp,
      ];
    default:
      return [look, ...one, command('run once more', rerun), giveUp];
  }
}

/** A longer list nobody types, nor reads. */
const MOST_ID_TEXT = 160;

/** These ids; of very many, all with the error that are FIZZLED when it is typed. */
function selectorOf(fwIds: readonly number[], fingerprint: string): string {
  const ids = idRanges(fwIds);
  return ids.length <= MOST_ID_TEXT ? `-i ${ids}` : `--fingerprint ${fingerprint}`;
}

function command(says: string, text: string): TypedCommand {
  return { says, command: text };
}
