import { encodeMask } from '../../extension/src/core/mask';
import { deriveSeed, seededRandom, type Random } from '../../extension/src/core/random';
import type { Slice } from '../../extension/src/core/slice';
import type { TargetKind } from './arguments';
import type { AnnotatedImage, Dataset } from './dataset';
import type { Target } from './simulated-user';

/** One structure on one image, as one person wants it. */
export interface Case {
  readonly index: number;
  readonly patient: string;
  readonly slice: Slice;
  readonly target: Target;
  /** Of everything random in this case. */
  readonly seed: number;
}

/** What is smaller is no structure that one would click on. */
const fewestPixels = 12;

/**
 * All cases of a data set in its order. The seed chooses reader or agreeing pixel of each structure, independent of all others, so that a
 * part of the cases gives for each of them what the whole gives.
 */
export function casesOf(dataset: Dataset, kind: TargetKind, seed: number): readonly Case[] {
  const { width, height } = dataset;
  const cases: Case[] = [];
  let structure = 0;
  dataset.images.forEach((image, index) => {
    for (const readers of image.structures) {
      const caseSeed = deriveSeed(seed, structure++);
      const random = seededRandom(caseSeed);
      const drawn = kind === 'reader' ? oneReader(readers, random) : agreeingReaders(readers, random);
      if (drawn === null || area(drawn) < fewestPixels) continue;
      cases.push({
        index: cases.length,
        patient: image.patient,
        slice: sliceOf(image, index, width, height),
        target: { mask: encodeMask(drawn, width, height), votes: votes(readers) },
        seed: caseSeed,
      });
    }
  });
  return cases;
}

/** `limit` of the cases, chosen by the seed, in their order. */
export function someCases(cases: readonly Case[], limit: number | null, seed: number): readonly Case[] {
  if (limit === null || limit >= cases.length) return cases;
  const random = seededRandom(seed, 1);
  const order = cases.map((_, index) => index);
  for (let i = 0; i < limit; i++) {
    const other = i + random.below(order.length - i);
    [order[i], order[other]] = [order[other] ?? 0, order[i] ?? 0];
  }
  const chosen = new Set(order.slice(0, limit));
  return cases.filter((_, index) => chosen.has(index));
}

function sliceOf(image: AnnotatedImage, index: number, width: number, height: number): Slice {
  return {
    key: `image-${index}`,
    width,
    height,
    channels: 1,
    values: image.pixels,
    spacing: { x: 1, y: 1, unit: 'px' },
    window: { lower: 0, upper: 255 },
    inverted: false,
    modality: '',
  };
}

/** One of those who drew enough; null if none did. */
function oneReader(readers: readonly Uint8Array[], random: Random): Uint8Array | null {
  const drew = readers.filter(mask => area(mask) >= fewestPixels);
  return drew[random.below(drew.length)] ?? null;
}

/**
 * The paper's target: a pixel on which the readers disagree and a label for it; the majority of those who give it that label. Where nobody
 * disagrees it is the majority of all.
 */
function agreeingReaders(readers: readonly Uint8Array[], random: Random): Uint8Array | null {
  const counts = votes(readers);
  const disputed: number[] = [];
  counts.forEach((count, i) => {
    if (count > 0 && count < readers.length) disputed.push(i);
  });
  const pixel = disputed[random.below(disputed.length)];
  const label = random.below(2);
  const agreeing = pixel === undefined ? readers : readers.filter(mask => mask[pixel] === label);
  return votes(agreeing).map(count => (2 * count > agreeing.length ? 1 : 0));
}

function votes(readers: readonly Uint8Array[]): Uint8Array {
  const counts = new Uint8Array(readers[0]?.length ?? 0);
  for (const mask of readers) {
    for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + (mask[i] ?? 0);
  }
  return counts;
}

function area(mask: Uint8Array): number {
  let count = 0;
  for (const pixel of mask) count += pixel;
  return count;
}
