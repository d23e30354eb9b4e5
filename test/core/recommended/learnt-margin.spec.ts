import { maskOnCrop } from '../../../extension/src/core/image/crop-map';
import { encodeMask } from '../../../extension/src/core/image/mask';
import { samplesFromLogits, type Samples } from '../../../extension/src/core/network/samples';
import { marginOf } from '../../../extension/src/core/preference/margin';
import { drawMixture } from '../../../extension/src/core/preference/mixture';
import type { Margin, Preference, Style } from '../../../extension/src/core/preference/preference';
import type { Mixture } from '../../../extension/src/core/network/network';
import { marginRule, withAcceptedMargin } from '../../../extension/src/core/recommended/learnt-margin';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { seededRandom } from '../../../extension/src/core/random';
import { blobSlice, fakeDescription, fakePrior } from '../network/fake-network';

const size = 32;
const slice = blobSlice({ x: 90, y: 70, radius: 25 });
/** Two mm to a model pixel. */
const crop = { centre: { x: 90, y: 70 }, side: 64 };
const style: Style = { answers: 1, terms: [[0, 0], [0, 0], [0, 0]], scatter: [0, 0] }; // prettier-ignore
const often = (offset: number): Margin => ({ cases: 100, sum: 100 * offset, squares: 100 * offset ** 2 });

function knowing(margins: Style['margins']): Preference {
  return { ...fakePrior, style: margins === undefined ? style : { ...style, margins } };
}

function input(change: Partial<RoundInput> = {}): RoundInput {
  return {
    prompts: [{ kind: 'point', at: { x: 90, y: 70 }, positive: true }],
    previous: null,
    crop: null,
    preference: knowing({ mm: often(4) }),
    seed: 1,
    ...change,
  };
}

/** A disc in the middle of the crop, radius in model pixels; positive logits inside. */
const logitsOfDisc = (radius: number): Float32Array =>
  Float32Array.from(
    { length: size * size },
    (_, i) => 4 * (radius - Math.hypot((i % size) - 15.5, Math.floor(i / size) - 15.5)),
  );
const disc = (radius: number): Float32Array => logitsOfDisc(radius).map(logit => 1 / (1 + Math.exp(-logit)));
const radiusOf = (map: Float32Array): number =>
  Math.sqrt(map.reduce((sum, value) => sum + (value > 0.5 ? 1 : 0), 0) / Math.PI);
const moved = (round: RoundInput, radius = 6, on = slice): number =>
  radiusOf(marginRule(round, crop, on, size)(disc(radius), 0.5)) - radius;

describe('the rule of a learnt margin', () => {
  it('moves the border of a first proposal by as many mm as the reader does', () => {
    expect(moved(input())).toBeCloseTo(2, 0);
    expect(moved(input({ preference: knowing({ mm: often(-4) }) }))).toBeCloseTo(-2, 0);
  });

  it('moves nothing where nothing was learnt, or on slices of another unit', () => {
    const inPixels = blobSlice({ x: 90, y: 70, radius: 25 }, { spacing: { x: 1, y: 1, unit: 'px' } });
    for (const still of [
      moved(input({ preference: fakePrior })),
      moved(input({ preference: knowing(undefined) })),
      moved(input(), 6, inPixels),
    ]) {
      expect(still).toBe(radiusOf(disc(6)) - 6);
    }
  });

  it('moves nothing once the user builds on a mask, nor where a box says how far the structure reaches', () => {
    const previous = encodeMask(
      new Uint8Array(slice.width * slice.height).fill(1),
      slice.width,
      slice.height,
    );
    const box = { kind: 'box', from: { x: 70, y: 50 }, to: { x: 110, y: 90 } } as const;
    expect(moved(input({ previous }))).toBe(radiusOf(disc(6)) - 6);
    expect(moved(input({ prompts: [box] }))).toBe(radiusOf(disc(6)) - 6);
    expect(moved(input({ prompts: [...input().prompts, box] }))).toBe(radiusOf(disc(6)) - 6);
  });

  it('never eats up a small structure, nor widens it by more than a good half of its radius', () => {
    expect(moved(input({ preference: knowing({ mm: often(-40) }) }), 3)).toBeGreaterThan(-2);
    expect(moved(input({ preference: knowing({ mm: often(40) }) }), 3)).toBeLessThan(2.5);
  });
});

describe('what an accepted mask tells of the margin', () => {
  const { latent } = fakeDescription;
  /** All samples alike: a disc of 6 model pixels, whatever the latent. */
  const judged: Samples[] = [
    samplesFromLogits(
      Float32Array.from([...logitsOfDisc(6), ...logitsOfDisc(6)]),
      Float32Array.from([0, 0, 1, 1]),
      size,
      latent.dimension,
    ),
  ];
  const accepted = (radius: number, x = 90) => {
    const pixels = new Uint8Array(slice.width * slice.height).map((_, i) =>
      Math.hypot((i % slice.width) - x, Math.floor(i / slice.width) - 70) <= radius ? 1 : 0,
    );
    return maskOnCrop(encodeMask(pixels, slice.width, slice.height), crop, slice, size);
  };
  const taught = (learnt: Preference, radius: number, x?: number, first = input({ preference: fakePrior })) =>
    withAcceptedMargin(learnt, accepted(radius, x), judged, { input: first, crop }, slice, fakeDescription);

  it('is how far it reaches beyond what the style alone would draw, in mm', () => {
    let learnt = knowing(undefined);
    for (let cases = 0; cases < 6; cases++) learnt = taught(learnt, 18);
    // 6 model pixels are 12 mm; of the 6 mm beyond a sixth is held back after six cases.
    expect(marginOf(learnt.style?.margins?.mm)).toBeGreaterThan(4);
    expect(marginOf(learnt.style?.margins?.mm)).toBeLessThan(6.5);
    expect(learnt.style?.margins?.px).toBeUndefined();
  });

  it('is next to nothing where it is what the style would draw', () => {
    let learnt = knowing(undefined);
    for (let cases = 0; cases < 6; cases++) learnt = taught(learnt, 12);
    expect(Math.abs(marginOf(learnt.style?.margins?.mm))).toBeLessThan(0.5);
  });

  it.each([0, 0.5, 1, 1.5])(
    'is nothing that the style says already, wherever the samples were drawn (style %d from the prior)',
    generosity => {
      /** A reader who draws a radius of 6 + z model pixels. */
      const radiusAt = (z: number): number => 6 + z;
      const around = (z: number): Mixture => ({ weights: [1], means: [[z, 0]], variances: [[1, 1]] });
      let offsets = 0;
      for (let seed = 0; seed < 20; seed++) {
        const latents = drawMixture(latent.prior, 48, seededRandom(seed));
        const logits = Array.from({ length: 48 }, (_, n) => [...logitsOfDisc(radiusAt(latents[2 * n] ?? 0))]);
        const drawn = samplesFromLogits(Float32Array.from(logits.flat()), latents, size, latent.dimension);
        const learnt = { ...knowing(undefined), mixture: around(generosity) };
        const first = { input: input({ preference: fakePrior }), crop };
        const mask = accepted(2 * radiusAt(generosity));
        const { style: taughtStyle } = withAcceptedMargin(
          learnt,
          mask,
          [drawn],
          first,
          slice,
          fakeDescription,
        );
        offsets += taughtStyle?.margins?.mm?.sum ?? NaN;
      }
      expect(Math.abs(offsets / 20)).toBeLessThan(0.3);
    },
  );

  it('is nothing where another structure was accepted, or the work began with a box', () => {
    const learnt = knowing(undefined);
    expect(taught(learnt, 12, 125)).toBe(learnt);
    const box = { kind: 'box', from: { x: 70, y: 50 }, to: { x: 110, y: 90 } } as const;
    expect(taught(learnt, 18, 90, input({ prompts: [box] }))).toBe(learnt);
  });
});
