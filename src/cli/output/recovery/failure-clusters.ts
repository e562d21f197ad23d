/** Groups of failures, as text for people and as data for programs. */
import {
  errorText,
  FINGERPRINT_FORMAT,
  type Counted,
  type FailureCluster,
  type FailureSample,
} from '../../../launchpad/failures/cluster-failures';
import { counted } from '../counted';
import { roundedHours, secondText } from '../short-text';

/** So many names, and hosts, are enough to see what they are. */
const MOST_SHOWN = 5;
/** Of a stack trace its end. */
const MOST_LINES = 6;

export function clusterLines(cluster: FailureCluster): readonly string[] {
  const { fingerprint, pattern, count, coreHours, firstSeen, lastSeen, reruns } = cluster;
  const hours = coreHours >= 0.05 ? `, ${coreHours.toFixed(1)} core hours lost` : '';
  const seen = lastSeen === undefined ? '' : `, first ${second(firstSeen)}, last ${second(lastSeen)}`;
  const details = [
    `names:  ${shown(cluster.names)}`,
    ...(cluster.hosts.length > 0 ? [`hosts:  ${shown(cluster.hosts)}`] : []),
    ...(reruns.ended > 0 ? [`reruns: ${String(reruns.succeeded)} of ${String(reruns.ended)} COMPLETED`] : []),
    ...sampleLines(cluster.sample),
    commandOf(fingerprint),
  ];
  return [
    `${fingerprint}  ${pattern}\n`,
    `    ${counted(count, 'Firework')}${hours}${seen}\n`,
    ...details.map((line) => `    ${line}\n`),
    '\n',
  ];
}

function commandOf(fingerprint: string): string {
  return `lpad rerun_fws --fingerprint ${fingerprint}`;
}

function second(moment: Date | undefined): string {
  return moment === undefined ? '' : `${secondText(moment)} UTC`;
}

function shown(values: readonly Counted[]): string {
  const first = values.slice(0, MOST_SHOWN).map(({ value, count }) => `${value} (${String(count)})`);
  const more = values.length - first.length;
  return [...first, ...(more > 0 ? [`and ${String(more)} more`] : [])].join(', ');
}

function sampleLines({ fwId, name, launch }: FailureSample): readonly string[] {
  if (!launch) return [`sample: Firework ${String(fwId)} (${name}); lpad explain -i ${String(fwId)}`];
  const { launchId, host, launchDir } = launch;
  const place = `sample: launch ${String(launchId)} of Firework ${String(fwId)} (${name}) on ${host} in ${launchDir}`;
  const lines = errorText(launch.error).trimEnd().split('\n');
  const last = lines.slice(-MOST_LINES).filter((line) => line !== '');
  return [place, ...last.map((line) => `    | ${line}`)];
}

export function clustersJson(clusters: readonly FailureCluster[]): unknown {
  return { format: FINGERPRINT_FORMAT, clusters: clusters.map(clusterJson) };
}

function clusterJson(cluster: FailureCluster): unknown {
  const { fingerprint, pattern, count, names, hosts, firstSeen, lastSeen, coreHours, reruns, sample } =
    cluster;
  return {
    fingerprint,
    error: pattern,
    count,
    names: names.map(({ value }) => value),
    hosts: hosts.map(({ value }) => value),
    first_seen: firstSeen ?? null,
    last_seen: lastSeen ?? null,
    core_hours: roundedHours(coreHours),
    reruns: { ended: reruns.ended, succeeded: reruns.succeeded },
    sample: sampleJson(sample),
    command: commandOf(fingerprint),
  };
}

function sampleJson({ fwId, name, launch }: FailureSample): unknown {
  if (!launch) return { fw_id: fwId, name, launch_id: null, host: null, launch_dir: null, error: '' };
  const { launchId, host, launchDir } = launch;
  return {
    fw_id: fwId,
    name,
    launch_id: launchId,
    host,
    launch_dir: launchDir,
    error: errorText(launch.error),
  };
}
