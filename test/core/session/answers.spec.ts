import { maskOnCrop } from '../../../extension/src/core/image/crop-map';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import type { Answer, Round } from '../../../extension/src/core/proposal/proposal';
import type { Candidate } from '../../../extension/src/core/candidates/candidate';
import { evidenceOf, nextInput } from '../../../extension/src/core/session/answers';
import { clickAt, disc, input, slice } from '../a-blob-to-segment';

const statistics = { unit: 'mm', area: 1, longestDiameter: 1, perpendicularDiameter: 1 } as const;
const candidate = (radius: number, members: readonly number[]): Candidate => ({
  mask: disc(radius),
  members,
  statistics,
  areaDifferencePercent: 0,
  share: 0.5,
});
/** One model pixel to a pixel of the slice, of which the first is at (74.5, 54.5). */
const size = 32;
const round: Round = {
  input: input(),
  crop: { centre: { x: 90, y: 70 }, side: size },
  proposal: {
    recommended: { mask: disc(8), statistics, certainShare: 1 },
    candidates: [candidate(4, [3]), candidate(12, [0, 2]), candidate(15, [1])],
    tendency: null,
  },
  ifAccepted: input().preference,
};
const onCrop = (radius: number): Float32Array => maskOnCrop(disc(radius), round.crop, slice, size);

/** How far along a line of so many pixels it counts. */
function marksOfLine(points: number): number[] {
  const line = Array.from({ length: points }, (_, i) => ({ x: 75 + i, y: 70 }));
  const prompt: Prompt = { kind: 'scribble', points: line, positive: true };
  return evidenceOf(round, [{ kind: 'prompt', prompt }], slice, size).flatMap(each =>
    each.kind === 'marks' ? each.at.map(({ u }) => u - 0.5) : [],
  );
}

describe('what answers say of how the user draws', () => {
  it('is that a candidate is nearer than the recommended mask and all others, with the samples it stands for', () => {
    expect(evidenceOf(round, [{ kind: 'choose', candidate: 1 }], slice, size)).toEqual([
      { kind: 'choice', chosen: onCrop(12), members: [0, 2], others: [onCrop(8), onCrop(4), onCrop(15)] },
    ]);
  });

  it('is of a line what a few points along it say, however long it is', () => {
    expect(marksOfLine(3)).toEqual([0, 1, 2]);
    expect(marksOfLine(10)).toEqual([0, 2, 4, 6, 8]);
    expect(marksOfLine(30)).toEqual([0, 6, 12, 18, 24]);
  });

  it('is nothing by a box or a field of view', () => {
    const prompt: Prompt = { kind: 'box', from: { x: 80, y: 60 }, to: { x: 100, y: 80 } };
    const silent = [
      { kind: 'prompt', prompt },
      { kind: 'crop', crop: round.crop },
    ] as const;
    expect(evidenceOf(round, silent, slice, size)).toEqual([]);
  });
});

describe('the field of view of the next round', () => {
  const after = (fraction: number | null, ...answers: readonly Answer[]) =>
    nextInput(round, answers, slice, fraction, input().preference, []).crop;

  it('stays while what the user builds on fills about its share', () => {
    expect(after(0.4, { kind: 'choose', candidate: 0 })).toBe(round.crop);
    expect(after(0.4, { kind: 'prompt', prompt: clickAt(90, 79) })).toBe(round.crop);
  });

  it('becomes one that suits the mask that was chosen', () => {
    expect(after(0.4, { kind: 'choose', candidate: 2 })).toEqual({
      centre: { x: 90, y: 70 },
      side: 31 / 0.4,
    });
  });

  it('stays in any case where the engine sees the whole slice', () => {
    expect(after(null, { kind: 'choose', candidate: 2 })).toBe(round.crop);
    expect(after(null, { kind: 'prompt', prompt: clickAt(20, 20) })).toBe(round.crop);
  });

  it('is to be looked for anew where a click is wide of the mask', () => {
    expect(after(0.4, { kind: 'prompt', prompt: clickAt(20, 20) })).toBeNull();
  });
});
