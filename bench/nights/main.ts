/**
 * `npm run simulate:nights`: a month of nights of `lpad recover`, beside `rerun_fws -s FIZZLED` every night, over a generated
 * population on a simulated cluster. Ends with 1 when a claim about recovery is broken. docs/nightly.md explains.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endWith } from '../../scripts/run-step';
import { readOptions, type NightsOptions } from './options';
import { tableOf, whole } from './report/table';
import { simulate, type ArmName, type Simulation } from './simulate';

/** Claims come with times of their own for a night: the same wherever it runs. */
process.env['TZ'] = 'UTC';

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const simulations: Simulation[] = [];
  for (const seed of options.seeds) {
    const simulation = await simulate({
      ...options,
      seed,
      arms: armsOf(options),
      lpad: join(__dirname, '../../bin/lpad.js'),
      onNight: (arm, night, { completed, launches }, { recoverable }) => {
        const done = `${whole(completed.size)} of ${whole(recoverable.size)}`;
        process.stderr.write(
          `${arm}, night ${String(night)}: ${done} COMPLETED, ${whole(launches.length)} launches\n`,
        );
      },
    });
    simulations.push(simulation);
    print(simulation, options);
  }
  if (options.json !== undefined) writeFileSync(options.json, `${jsonOf(simulations, options)}\n`);
  return simulations.every(({ broken }) => broken.length === 0) ? 0 : 1;
}

function armsOf({ kill, recoverOnly }: NightsOptions): readonly ArmName[] {
  return ['recover', ...(kill ? (['killed'] as const) : []), ...(recoverOnly ? [] : (['plain'] as const))];
}

const TITLES: Readonly<Record<ArmName, string>> = {
  recover: 'lpad recover',
  killed: 'lpad recover, killed',
  plain: 'rerun_fws -s FIZZLED',
};

function print({ seed, hosts, results, broken }: Simulation, { workflows, nights }: NightsOptions): void {
  const columns = results.map(({ arm, tally }) => ({ name: TITLES[arm], tally }));
  const lines = [
    `${whole(workflows)} workflows, ${String(nights)} nights, ${whole(hosts)} hosts, seed ${String(seed)}`,
    '',
    tableOf(columns, nights),
    '',
    ...results.flatMap(({ arm, calls: { made, killed, seconds, slowest } }) => {
      if (arm === 'plain') return [];
      if (arm === 'killed')
        return [`${whole(made)} calls as processes, of which ${whole(killed)} were killed with SIGKILL`];
      const most = `${slowest.seconds.toFixed(2)} s at most, with ${whole(slowest.failures)} failures`;
      return [`${whole(made)} calls of recover took ${seconds.toFixed(1)} s in all, ${most}`];
    }),
    ...(broken.length === 0 ? ['All claims hold.'] : broken.map((one) => `BROKEN: ${one}`)),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function jsonOf(simulations: readonly Simulation[], { workflows, nights, every }: NightsOptions): string {
  const data = simulations.map(({ results, ...rest }) => ({
    ...rest,
    arms: results.map(({ arm, tally, calls }) => ({
      arm,
      ...tally,
      finishedAfter: tally.finishedAfter ?? null,
      calls,
    })),
  }));
  return JSON.stringify({ workflows, nights, every, simulations: data }, undefined, 2);
}

endWith(main);
