import { addMany, launchLarge, launchSmall, rapidfire, rapidfireMulti } from './rockets';
import { memoryOfGet, memoryOfRerun } from './memory';
import { failures, getByError, getLess } from './queries';
import { rerunFizzled } from './rerun-fizzled';
import {
  rerunChain,
  rerunChains,
  rerunLargeChain,
  rerunLargeStar,
  rerunLongChain,
  rerunStar,
} from './rerun-graphs';
import type { Row, Scale } from './row';
import { getOne, help } from './start-up';

/** A twentieth is enough to see that everything works. */
export function allRows({ small }: { readonly small: boolean }): readonly Row[] {
  const scale: Scale = (size) => (small ? Math.ceil(size / 20) : size);
  return [
    help(),
    getOne(),
    getLess(scale),
    rerunFizzled(scale),
    rerunChains(scale),
    rerunStar(scale),
    rerunLargeStar(scale),
    rerunChain(scale),
    rerunLongChain(scale),
    rerunLargeChain(scale),
    getByError(scale),
    failures(scale),
    rapidfire(scale),
    rapidfireMulti(scale),
    launchSmall(scale),
    launchLarge(scale),
    addMany(scale),
    memoryOfGet(scale),
    memoryOfRerun(scale),
  ];
}
