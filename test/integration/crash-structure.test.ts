/** Real kills of what lets workflows grow, shrink and go: a few of the writes in `npm test`, more in `npm run test:chaos`. */
import { ALL_KILLS, describeKills, spread } from '../chaos/describe-kills';
import type { Tally } from '../chaos/kill-rounds';
import { killCommands, killUndosOf } from '../chaos/structure-rounds';
import { APPENDING, DELETION, ROLLBACK, type Scene } from '../chaos/structure-scenes';

/** In `npm run test:chaos`, of each test. */
const MANY = 20;

function report(name: string, { kills }: Tally): void {
  if (ALL_KILLS) process.stderr.write(`${name}: ${String(kills)} kills\n`);
  expect(kills).toBeGreaterThan(0);
}

const SCENES: readonly (readonly [string, Scene, number])[] = [
  ['a rerun that takes back what actions added', ROLLBACK, 6],
  ['a deletion', DELETION, 4],
  ['an append', APPENDING, 4],
];

describeKills('killed with SIGKILL', (store, worlds) => {
  it.each(SCENES)('%s leaves every workflow as it was or as it should be', async (name, scene, few) => {
    report(`${name} on ${store}`, await killCommands({ ...worlds, scene, pick: spread(few, MANY) }));
  });

  it.each(SCENES)(
    'the undo of %s leaves every workflow as it was or as it should be',
    async (name, scene, few) => {
      report(
        `undos of ${name} on ${store}`,
        await killUndosOf({ ...worlds, scene, pick: spread(few - 1, MANY) }),
      );
    },
  );
});
