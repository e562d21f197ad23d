import { enterState, launchIn, launchTimes, touchHistory } from '../../../src/domain/launch';
import { launch, LONG_AGO, NOW, NOW_TEXT } from '../../support/workflow-builder';

const RESERVED = {
  state: 'RESERVED',
  created_on: LONG_AGO,
  updated_on: LONG_AGO,
  reservation_id: '7',
} as const;
const CHECKPOINT = { _task_n: 1, _all_stored_data: {}, _all_update_spec: {}, _all_mod_spec: [] };

describe('the history of a launch', () => {
  it('gets an entry per state, with a sign of life while it is under way', () => {
    const running = enterState([RESERVED], 'RUNNING', NOW);
    expect(running).toEqual([RESERVED, { state: 'RUNNING', created_on: NOW_TEXT, updated_on: NOW_TEXT }]);
    expect(enterState(running, 'RUNNING', NOW)).toBe(running);
  });

  it('hands the checkpoint on to a failure, and not to a success', () => {
    const running = touchHistory(enterState([], 'RUNNING', NOW), NOW, CHECKPOINT);
    expect(enterState(running, 'FIZZLED', NOW).at(-1)).toEqual({
      state: 'FIZZLED',
      created_on: NOW_TEXT,
      checkpoint: CHECKPOINT,
    });
    expect(enterState(running, 'COMPLETED', NOW).at(-1)).toEqual({
      state: 'COMPLETED',
      created_on: NOW_TEXT,
    });
  });

  it('tells the times, and a second end does not move the first', () => {
    const at = (second: number): string => `2026-11-21T08:00:0${String(second)}.500000+00:00`;
    const history = [
      { state: 'RESERVED', created_on: at(1) },
      { state: 'RUNNING', created_on: at(3) },
      { state: 'FIZZLED', created_on: at(4) },
      { state: 'COMPLETED', created_on: at(9) },
    ] as const;
    const times = { timeStart: at(3), timeEnd: at(4), runtimeSecs: 1, reservedtimeSecs: 2 };
    expect(launchTimes(history, NOW)).toEqual(times);
    expect(launchTimes([], NOW)).toEqual({ timeStart: null, timeEnd: null, runtimeSecs: null });
  });

  it('ends with its launch', () => {
    const stateHistory = enterState([], 'RUNNING', new Date(NOW.getTime() - 250));
    expect(launchIn(launch(4, { state: 'RUNNING', stateHistory }), 'COMPLETED', NOW)).toMatchObject({
      state: 'COMPLETED',
      timeEnd: NOW_TEXT,
      runtimeSecs: 0.25,
    });
  });
});
