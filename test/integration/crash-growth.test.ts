/** Real kills of rockets whose Firetasks let workflows grow: a few writes in `npm test`, more in `npm run test:chaos`. */
import { join } from 'node:path';
import { ALL_KILLS, describeKills, spread } from '../chaos/describe-kills';
import { killGrowth } from '../chaos/growth-rounds';

const firetasks = [join(__dirname, '../chaos/grow.cjs')];

describeKills(
  'a rocket killed with SIGKILL',
  (store, worlds) => {
    it('lets its workflow grow once in the end', async () => {
      const { kills } = await killGrowth({ ...worlds, pick: spread(4, 20) });
      if (ALL_KILLS) process.stderr.write(`growth on ${store}: ${String(kills)} kills\n`);
      expect(kills).toBeGreaterThan(0);
    });
  },
  { firetasks },
);
