/** A Firework as `get_fws` prints it: FireWorks' keys in FireWorks' order (lpad-commands.md, section 2.4). */
import type { Firework, Launch } from '../../../domain/model';
import type { DescribedFirework } from '../../../launchpad/show/describe-fireworks';

type Item = Readonly<Record<string, unknown>>;

/** `-d less`. FireWorks prints the state of a WAITING Firework last. */
export function lessItem(firework: Firework): Item {
  return { ...dates(firework), ...stateAndName(firework) };
}

/** `-d more`: with the active launches, when there are any. */
export function moreItem({ firework, launches }: DescribedFirework): Item {
  return { ...dates(firework), ...launchList('launches', launches), ...stateAndName(firework) };
}

/** `-d all` and `-d reservations`: with the spec, and the archived launches when there are any. */
export function allItem(described: DescribedFirework): Item {
  return {
    spec: described.firework.spec,
    ...moreItem(described),
    ...launchList('archived_launches', described.archivedLaunches),
  };
}

function dates({ fwId, createdOn, updatedOn }: Firework): Item {
  return { fw_id: fwId, created_on: createdOn, updated_on: updatedOn };
}

function stateAndName({ state, name }: Firework): Item {
  return state === 'WAITING' ? { name, state } : { state, name };
}

function launchList(key: string, launches: readonly Launch[]): Item {
  return launches.length > 0 ? { [key]: launches.map(launchItem) } : {};
}

function launchItem(launch: Launch): Item {
  return {
    fworker: launch.fworker,
    fw_id: launch.fwId,
    launch_dir: launch.launchDir,
    host: launch.host,
    ip: launch.ip,
    trackers: launch.trackers,
    action: launch.action,
    state: launch.state,
    state_history: launch.stateHistory,
    launch_id: launch.launchId,
  };
}
