/** What was added: FireWorks' line for each workflow, or data. */
import type { AddedWorkflow } from '../../../launchpad/add-workflows';
import { writeOut, type Io } from '../../io';
import { printItems, type Printing } from '../json';

export async function printAdded(io: Io, added: readonly AddedWorkflow[], printing: Printing): Promise<void> {
  if (printing.output === 'json') await printItems(io, added.map(asItem), printing);
  else await writeOut(io, added.map(asLine).join(''));
}

function asLine({ name, idMap }: AddedWorkflow): string {
  const pairs = [...idMap].map(([from, to]) => `${String(from)}: ${String(to)}`);
  return `Added a workflow. ${name}, id_map: {${pairs.join(', ')}}\n`;
}

function asItem({ name, idMap }: AddedWorkflow): object {
  return { name, id_map: Object.fromEntries([...idMap].map(([from, to]) => [String(from), to])) };
}
