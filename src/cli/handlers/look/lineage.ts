/** `lpad lineage`: the family of a run, as a tree. */
import { EXIT, LpadError, type ExitStatus } from '../../../errors';
import { findLineage, type FamilyMember } from '../../../launchpad/show/lineage';
import type { LineageArgs } from '../../commands/look/lineage';
import { writeOut } from '../../io';
import { parseIds } from '../../../specs/typed/parse-ids';
import { counted } from '../../output/counted';
import { printValue } from '../../output/json';
import type { CommandContext } from '../../program/define-command';

export async function run(
  args: LineageArgs,
  { io, globals, openStore }: CommandContext,
): Promise<ExitStatus> {
  const [id, ...more] = args.fwId === undefined ? [] : parseIds([args.fwId]);
  if (id === undefined || more.length > 0)
    throw new LpadError('USAGE', 'lineage shows one family: give -i with one id', {
      hint: 'lpad lineage -i 7',
    });
  const { root, asked } = await findLineage(await openStore(), id);
  if (globals.output === 'json' || globals.output === 'yaml') await printValue(io, asData(root), globals);
  else if (globals.output === 'ids')
    await writeOut(
      io,
      idsOf(root)
        .map((one) => `${String(one)}\n`)
        .join(''),
    );
  else
    await writeOut(
      io,
      linesOf(root, asked)
        .map((line) => `${line}\n`)
        .join(''),
    );
  return EXIT.ok;
}

function linesOf(member: FamilyMember, asked: number): readonly string[] {
  const below = member.reruns.flatMap((one, index) => {
    const isLast = index === member.reruns.length - 1;
    const [first = '', ...rest] = linesOf(one, asked);
    const [branch, trunk] = isLast ? ['└─ ', '   '] : ['├─ ', '│  '];
    return [branch + first, ...rest.map((line) => trunk + line)];
  });
  return [lineOf(member, asked), ...below];
}

function lineOf({ fwId, workflow, rerunFrom, rerunOf }: FamilyMember, asked: number): string {
  if (!workflow) return `${String(fwId)} (deleted)`;
  const { name, state, createdOn, size } = workflow;
  const moment = (createdOn instanceof Date ? createdOn.toISOString() : createdOn).slice(0, 19);
  const how =
    rerunOf === undefined
      ? ''
      : `, ${rerunFrom === undefined ? `of ${String(rerunOf)}` : `from ${String(rerunFrom)}`}`;
  const mark = fwId === asked ? '   <--' : '';
  return `${String(fwId)} ${name}: ${state}, ${moment}, ${counted(size, 'Firework')}${how}${mark}`;
}

function idsOf({ fwId, workflow, reruns }: FamilyMember): readonly number[] {
  return [...(workflow ? [fwId] : []), ...reruns.flatMap(idsOf)];
}

function asData({ fwId, workflow, rerunOf, rerunFrom, reruns }: FamilyMember): unknown {
  return {
    fw_id: fwId,
    name: workflow?.name ?? null,
    state: workflow?.state ?? 'deleted',
    created_on: workflow?.createdOn ?? null,
    fireworks: workflow?.size ?? null,
    rerun_of: rerunOf ?? null,
    rerun_from: rerunFrom ?? null,
    reruns: reruns.map(asData),
  };
}
