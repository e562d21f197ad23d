/** How much went over, in words. */
import type { ExportCounts } from '../../../specs/transfer/export-file';
import { counted } from '../counted';

export function countsText(counts: ExportCounts): string {
  const { workflows = 0, fireworks = 0, launches = 0, offline_runs: offline = 0 } = counts;
  const large = counts['fw_gridfs.files'] ?? 0;
  const parts = [
    counted(workflows, 'workflow'),
    counted(fireworks, 'Firework'),
    counted(launches, 'launch', 'launches'),
    ...(offline > 0 ? [counted(offline, 'offline run')] : []),
    ...(large > 0 ? [counted(large, 'large action')] : []),
    ...(counts['lpad_sourcecode.files'] === undefined ? [] : ['their source code']),
  ];
  return `${parts.slice(0, -1).join(', ')} and ${String(parts.at(-1))}`;
}
