/** The first reading of an export: nothing is written before all of it is known to be sound. */
import { LpadError } from '../../errors';
import { isUnderWay, type FireworkState } from '../../domain/state';
import { plain } from '../../specs/plain-values';
import { ReadingError } from '../../specs/reading/reading-error';
import {
  readExportLine,
  type ExportCounts,
  type ExportedDocument,
  type ExportLine,
} from '../../specs/transfer/export-file';

/** An export, which can be read more than once. */
export interface ExportSource {
  /** As the user named it. */
  readonly name: string;
  lines(): AsyncIterable<string>;
}

export interface ImportSurvey {
  readonly counts: ExportCounts;
  /** By fw_id, the `_id`. */
  readonly fireworks: ReadonlyMap<number, string>;
  readonly launches: ReadonlyMap<number, string>;
  /** By the `_id` of each workflow, one of its members. */
  readonly workflows: ReadonlyMap<string, number>;
  /** Launches that are listed, but not in the file. */
  readonly missingLaunches: readonly number[];
  /** Members of workflows that are not in the file. */
  readonly missingMembers: readonly number[];
  /** RUNNING or RESERVED, perhaps by a process elsewhere. */
  readonly underWay: readonly number[];
  readonly nextFwId: number;
  readonly nextLaunchId: number;
  readonly lines: number;
}

/** The lines of an export, each read; errors name the line. */
export async function* readExport(source: ExportSource): AsyncGenerator<ExportLine> {
  let number = 0;
  for await (const text of source.lines()) {
    number += 1;
    if (text.trim() === '') continue;
    try {
      yield readExportLine(text);
    } catch (error) {
      if (!(error instanceof ReadingError)) throw error;
      // Whoever is wrong about the first line has a file of another kind.
      const hint = number === 1 ? `lpad add ${source.name}   (for workflow files)` : undefined;
      throw bad(`${source.name} line ${String(number)}: ${error.message}`, { cause: error, hint });
    }
  }
}

export async function surveyImport(source: ExportSource): Promise<ImportSurvey> {
  const survey = createSurvey();
  let kinds: 'nothing' | 'head' | 'end' = 'nothing';
  let end: ExportCounts | undefined;
  for await (const line of readExport(source)) {
    if (kinds === 'end') throw bad(`${source.name}: something follows the end of the export`);
    if (kinds === 'nothing' && line.kind !== 'head')
      throw bad(`${source.name}: the first line is not that of an export`);
    kinds = line.kind === 'end' ? 'end' : 'head';
    if (line.kind === 'end') end = line.counts;
    if (line.kind === 'document') survey.add(line, source.name);
    if (line.kind === 'counters') survey.raise(line.nextFwId, line.nextLaunchId);
  }
  if (!end) throw bad(`${source.name} ends too early: the end of the export is missing`);
  const found = survey.result();
  const names = new Set([...Object.keys(end), ...Object.keys(found.counts)]) as Set<keyof ExportCounts>;
  for (const name of names) {
    const [says, has] = [end[name] ?? 0, found.counts[name] ?? 0];
    if (says !== has)
      throw bad(`${source.name} is not whole: it should have ${String(says)} ${name} and has ${String(has)}`);
  }
  return found;
}

interface Survey {
  add(document: ExportedDocument, file: string): void;
  raise(nextFwId: number, nextLaunchId: number): void;
  result(): ImportSurvey;
}

function createSurvey(): Survey {
  const counts: ExportCounts = {};
  const ids = {
    fireworks: new Map<number, string>(),
    launches: new Map<number, string>(),
    workflows: new Map<string, number>(),
  };
  const [members, listed] = [new Set<number>(), new Set<number>()];
  const underWay: number[] = [];
  let lines = 0;
  let [nextFwId, nextLaunchId] = [1, 1];
  const raise = (fwId: number, launchId: number): void => {
    nextFwId = Math.max(nextFwId, fwId);
    nextLaunchId = Math.max(nextLaunchId, launchId);
  };
  return {
    raise,
    add: ({ collection, document }, file) => {
      lines += 1;
      counts[collection] = (counts[collection] ?? 0) + 1;
      const number = (key: string): number => Number(plain(document.get(key)));
      const key = String(document.get('_id'));
      if (collection === 'workflows') {
        once(ids.workflows.has(key), `the workflow ${key}`, file);
        const nodes = numbers(document.get('nodes'));
        ids.workflows.set(key, nodes[0] ?? 0);
        for (const node of nodes) members.add(node);
      } else if (collection === 'fireworks') {
        const fwId = number('fw_id');
        once(ids.fireworks.has(fwId), `Firework ${String(fwId)}`, file);
        ids.fireworks.set(fwId, key);
        raise(fwId + 1, 1);
        if (isUnderWay(document.get('state') as FireworkState)) underWay.push(fwId);
        for (const list of ['launches', 'archived_launches'])
          for (const launch of numbers(document.get(list))) listed.add(launch);
      } else if (collection === 'launches') {
        const launchId = number('launch_id');
        once(ids.launches.has(launchId), `launch ${String(launchId)}`, file);
        ids.launches.set(launchId, key);
        raise(1, launchId + 1);
      }
    },
    result: () => {
      const missingLaunches = [...listed].filter((id) => !ids.launches.has(id));
      const missingMembers = [...members].filter((id) => !ids.fireworks.has(id));
      // Nobody else may get a number that something here refers to.
      for (const id of missingLaunches) raise(1, id + 1);
      for (const id of missingMembers) raise(id + 1, 1);
      return { ...ids, counts, missingLaunches, missingMembers, underWay, nextFwId, nextLaunchId, lines };
    },
  };
}

function numbers(value: unknown): readonly number[] {
  const list = plain(value);
  return Array.isArray(list) ? list.map(Number) : [];
}

function once(isKnown: boolean, what: string, file: string): void {
  if (isKnown) throw bad(`${file}: ${what} stands there twice`);
}

function bad(
  message: string,
  { cause, hint }: { cause?: unknown; hint?: string | undefined } = {},
): LpadError {
  const options = hint === undefined ? { cause } : { cause, hint };
  return new LpadError('BAD_EXPORT', `${message}; nothing was imported`, options);
}
