/** `lpad get_wflows`: what a selection of workflows matches. */
import { EXIT, LpadError, type ExitStatus } from '../../errors';
import {
  describeWorkflows,
  type DescribedWorkflow,
  type WorkflowDetail,
} from '../../launchpad/show/describe-workflows';
import type { GetWflowsArgs } from '../commands/get-wflows';
import type { CommandContext } from '../program/define-command';
import { writeOut } from '../io';
import { printItems, printValue } from '../output/json';
import { renderTable } from '../output/table';
import {
  allWorkflow,
  lessWorkflow,
  moreWorkflow,
  reservationsWorkflow,
  workflowId,
} from '../output/items/workflow-items';
import { toWorkflowSelection } from '../options/selectors';

type Format = Exclude<GetWflowsArgs['displayFormat'], 'count'>;

interface Shape {
  readonly detail: WorkflowDetail;
  readonly toItem: (described: DescribedWorkflow) => unknown;
}

const SHAPES: Readonly<Record<Format, Shape>> = {
  ids: { detail: 'states', toItem: workflowId },
  less: { detail: 'states', toItem: lessWorkflow },
  more: { detail: 'launches', toItem: moreWorkflow },
  reservations: { detail: 'launches', toItem: reservationsWorkflow },
  all: { detail: 'launches', toItem: allWorkflow },
};

export async function run(
  args: GetWflowsArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  const selection = toWorkflowSelection(args);
  const format = args.displayFormat;
  if (args.table && (format === 'ids' || format === 'count')) {
    throw new LpadError('USAGE', `-t shows workflows as a table; -d ${format} has no columns`, {
      hint: 'lpad get_wflows -t -d less',
    });
  }
  if (args.table && globals.output !== undefined)
    throw new LpadError('USAGE', `-t and -o ${globals.output} exclude each other; give one of them`);
  const store = await openStore();
  if (format === 'count') {
    await printValue(io, await store.countWorkflows(selection), globals);
    return EXIT.ok;
  }
  const { detail, toItem } = SHAPES[format];
  const items = toItems(describeWorkflows(store, selection, detail), toItem);
  if (args.table) await writeOut(io, await tableOf(items));
  else await printItems(io, items, globals);
  return EXIT.ok;
}

async function* toItems(
  found: AsyncIterable<DescribedWorkflow>,
  toItem: Shape['toItem'],
): AsyncIterable<unknown> {
  for await (const described of found) yield toItem(described);
}

async function tableOf(items: AsyncIterable<unknown>): Promise<string> {
  const rows: Readonly<Record<string, unknown>>[] = [];
  for await (const item of items) rows.push(item as Readonly<Record<string, unknown>>);
  const [first] = rows;
  const head = first ? Object.keys(first) : ['state', 'name', 'created_on', 'states_list'];
  return renderTable(
    head,
    rows.map((row) => head.map((column) => row[column])),
  );
}
