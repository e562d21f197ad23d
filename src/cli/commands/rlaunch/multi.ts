import { defineCommand, type CommandArgs } from '../../program/define-command';
import { PAUSE_OPTIONS } from './pauses';

const POSITIONALS = {
  num_jobs: { type: 'number', required: true, placeholder: 'NUM_JOBS', describe: 'how many processes' },
} as const;

const OPTIONS = {
  nlaunches: {
    type: 'string',
    default: '0',
    placeholder: 'N',
    describe:
      'each process ends after N Fireworks; 0 when nothing is left to do, now or soon; infinite never',
  },
  ...PAUSE_OPTIONS,
  max_loops: {
    type: 'number',
    default: -1,
    placeholder: 'N',
    describe: 'a process ends after so many pauses; -1 is no limit',
  },
  nodefile: {
    type: 'string',
    placeholder: 'FILE',
    describe:
      'a file of nodes, one a line, or the variable that names it: they are divided among the processes',
  },
  ppn: { type: 'number', default: 1, placeholder: 'N', describe: 'processors of a node' },
  exclude_current_node: {
    type: 'boolean',
    needs: ['nodefile'],
    describe: 'leave the node alone that this runs on',
  },
  local_redirect: {
    type: 'boolean',
    describe: 'output into FW_job.out and FW_job.error of each launch folder',
  },
} as const;

export type MultiArgs = CommandArgs<typeof OPTIONS, typeof POSITIONALS>;

export const rlaunchMulti = defineCommand({
  notes:
    'Firetasks find their share in LPAD_NODE_LIST and LPAD_SUB_NPROCS. A process that dies ends no other, and its Firework ' +
    'becomes FIZZLED. SIGINT and SIGTERM reach all of them; their Fireworks become FIZZLED. Exit status: 0 also when ' +
    'Fireworks FIZZLED, 1 when a process died, 130 interrupted.',
  examples: [
    { command: 'rlaunch multi 4', says: 'four at a time, until nothing is left' },
    { command: 'rlaunch multi 8 --nlaunches infinite --timeout 80000', says: 'as long as a batch job lasts' },
    { command: 'rlaunch multi 2 --nodefile PBS_NODEFILE --ppn 24', says: 'half of the nodes for each' },
  ],
  positionals: POSITIONALS,
  options: OPTIONS,
  outputs: [],
});
