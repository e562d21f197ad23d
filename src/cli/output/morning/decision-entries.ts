/** What a person must decide after a night, each with what to type. */
import type { DecisionKind, PersonDecision } from '../../../launchpad/morning/load-morning';
import { counted } from '../counted';
import { idRanges } from '../id-ranges';
import type { Block, TypedCommand } from './blocks';
import { minute } from './words';

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
  return [`${reason}${others}`, ...since];
}

/** For programs, too. */
export function commandsOf(
  { kind, fwIds, fingerprint, until }: PersonDecision,
  { key, policyFile }: NightCommand,
): readonly TypedCommand[] {
  const ids = idRanges(fwIds);
  const look =
    fwIds.length === 1
      ? command('look', `lpad explain -i ${ids}`)
      : command('look', `lpad failures --fingerprint ${fingerprint}`);
  const one = fwIds.length === 1 ? [] : [command('look at one', `lpad explain -i ${String(fwIds[0])}`)];
  const giveUp = command('give up', `lpad defuse_fws -i ${ids}`);
  const rerun = `lpad rerun_fws -i ${ids}`;
  switch (kind) {
    case 'refused':
      return [look, ...one, command('try again', `lpad recover --policy ${policyFile} --key ${key}`)];
    case 'stopped':
      return [
        look,
        ...one,
        command(`run them now, not by new canaries after ${until ? minute(until) : 'a while'}`, rerun),
        giveUp,
      ];
    case 'quarantined':
      return [
        look,
        ...one,
        command('it is mended: the next recovery tries again', `lpad quarantine release -i ${ids}`),
        command('run it otherwise, now', `${rerun} --set PATH=VALUE`),
        giveUp,
      ];
    default:
      return [look, ...one, command('run once more', rerun), giveUp];
  }
}

function command(says: string, text: string): TypedCommand {
  return { says, command: text };
}
