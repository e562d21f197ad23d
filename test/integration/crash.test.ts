/** Real kills: a few of the writes in `npm test`, several hundred in `npm run test:chaos`. */
import { ALL_KILLS, describeKills, spread } from '../chaos/describe-kills';
import { killReruns, killUndos, type Tally } from '../chaos/kill-rounds';

/** In `npm run test:chaos`, of each test: two stores and two commands make several hundred. */
const MANY = 150;

function report(name: string, { kills }: Tally): void {
  if (ALL_KILLS) process.stderr.write(`${name}: ${String(kills)} kills\n`);
  expect(kills).toBeGreaterThan(0);
}

describeKills('killed with SIGKILL', (store, worlds) => {
  it('a rerun leaves every workflow rerun or untouched, and an undo still brings all back', async () => {
    report(`reruns on ${store}`, await killReruns({ ...worlds, pick: spread(9, MANY) }));
  });

  it('an undo leaves every workflow brought back or rerun', async () => {
    report(`undos on ${store}`, await killUndos({ ...worlds, pick: spread(5, MANY) }));
  });
});
