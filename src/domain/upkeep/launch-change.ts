/** A change of a launch as a part of a patch: it comes to be together with what it means for its Fireworks. */
import type { Launch } from '../model';
import { change, guarded, type DocumentChange } from '../patch';
import { sameValue } from '../same-value';

const TIMES = ['timeStart', 'timeEnd', 'runtimeSecs'] as const;

/** Valid only while its history is what it was: whoever has given a sign of life in between keeps the launch. */
export function launchChange(before: Launch, after: Launch): DocumentChange {
  const times = TIMES.filter((name) => !sameValue(before[name], after[name]));
  return {
    collection: 'launches',
    id: before.launchId,
    fields: [
      guarded(['state'], before.state, after.state),
      guarded(['stateHistory'], before.stateHistory, after.stateHistory),
      ...times.map((name) => change([name], before[name], after[name])),
    ],
  };
}

/** Whether a launch is in the state, and has the history, that one side of a change says. */
export function launchIs(
  { fields }: DocumentChange,
  side: 'before' | 'after',
  launch: Launch | undefined,
): boolean {
  if (!launch) return false;
  const known: Readonly<Record<string, unknown>> = {
    state: launch.state,
    stateHistory: launch.stateHistory,
  };
  return fields.every(
    ({ path: [name = ''], ...values }) => !(name in known) || sameValue(known[name], values[side]),
  );
}
