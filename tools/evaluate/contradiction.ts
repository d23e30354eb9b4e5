import type { Network } from '../../extension/src/core/network/network';
import { decodeMask, type Mask } from '../../extension/src/core/image/mask';
import type { Round } from '../../extension/src/core/proposal/proposal';
import type { RoundCache } from '../../extension/src/core/sampling/round-cache';
import type { Point, Slice } from '../../extension/src/core/image/slice';
import { hearClick, type Click, type HeardClick } from './clicks-heard';
import { answerUnlessNothing } from './nothing-found';
import { deepestPoint } from '../../extension/src/core/image/regions';

/**
 * A user who goes back on what was said: takes away the pixel of the first click, then the pixel deepest inside what is
 * left, and adds the first one again. `round` is the one with which the work had come to its end.
 */
export async function contradict(
  network: Network,
  slice: Slice,
  round: Round,
  first: Point,
  cache: RoundCache,
): Promise<readonly HeardClick[]> {
  const steps: readonly ((mask: Mask) => Click | null)[] = [
    () => ({ at: first, positive: false }),
    mask => {
      const { width, height } = mask;
      const at = deepestPoint({ width, height, pixels: decodeMask(mask) });
      return at === null ? null : { at, positive: false };
    },
    () => ({ at: first, positive: true }),
  ];
  const heard: HeardClick[] = [];
  let present = round;
  for (const step of steps) {
    const before = present.proposal.recommended.mask;
    const click = step(before);
    if (click === null) continue;
    const prompt = { kind: 'point', ...click } as const;
    const next = await answerUnlessNothing(network, slice, present, { kind: 'prompt', prompt }, cache);
    heard.push(hearClick(click, before, next?.proposal.recommended.mask ?? null));
    present = next ?? present;
  }
  return heard;
}
