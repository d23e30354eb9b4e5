import { dice, encodeMask } from '../../extension/src/core/image/mask';
import { deriveSeed, seededRandom, type Random } from '../../extension/src/core/random';
import type { Slice } from '../../extension/src/core/image/slice';
import type { AnnotatedImage, Dataset } from './dataset';
import { mean } from './mean';
import type { Target } from './simulated-user';

/** Whose mask is the target: one reader's, or that of the readers who agree at a pixel of disagreement. */
export const targetKinds = ['reader', 'agreeing'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** One structure on one image, as one person wants it. */
export interface Case {
  readonly index: number;
  readonly patient: string;
  readonly slice: Slice;
  readonly target: Target;
  /** How many readers drew the structure. */
  readonly drawnBy: number;
  /** Mean Dice between any two of the readers who drew the structure; null where fewer than two did. */
  readonly agreement: number | null;
  /** Of everything random in this case. */
  readonly seed: number;
}

/** What is smaller is no structure that one would click on. */
export const fewestPixels = 12;

/**
 * All cases of a data set in its order. The seed chooses reader or agreeing pixel of each structure, independent of all others, so that a
 * part of the cases gives for each of them what the whole gives.
 */
export function casesOf(dataset: Dataset, kind: TargetKind, seed: number): readonly Case[] {
  const { width, height } = dataset;
  const cases: Case[] = [];
  let structure = 0;
  dataset.images.forEach((image, index) => {
    for (const { readers } of image.structures) {
      const caseSeed = deriveSeed(seed, structure++);
      const random = seededRandom(caseSeed);
      const drawn = kind === 'reader' ? oneReader(readers, random) : agreeingReaders(readers, random);
      if (drawn === null || area(drawn) < fewestPixels) continue;
      cases.push({
        index: cases.length,
        patient: image.patient,
        slice: sliceOf(image, index, dataset),
        target: { mask: encodeMask(drawn, width, height), votes: votes(readers) },
        drawnBy: readers.filter(mask => area(mask) > 0).length,
        agreement: agreementOf(readers, dataset),
        seed: caseSeed,
      });
    }
  });
  return cases;
}

/** `limit` of the cases (or of anything), chosen by the seed, in their order. */
export function someOf<T>(cases: readonly T[], limit: number | null, seed: number): readonly T[] {
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

/** An image of a data set as the engine takes it. `index` is its place there. */
export function sliceOf(image: AnnotatedImage, index: number, { width, height }: Dataset): Slice {
  return {
    key: `image-${index}`,
    width,
    height,
    channels: image.channels,
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

/** A structure that all drew alike has 1. */
function agreementOf(readers: readonly Uint8Array[], { width, height }: Dataset): number | null {
  const masks = readers.filter(drawn => area(drawn) > 0).map(drawn => encodeMask(drawn, width, height));
  const pairs = masks.flatMap((a, i) => masks.slice(i + 1).map(b => dice(a, b)));
  return pairs.length === 0 ? null : mean(pairs);
}

/** How many readers drew each pixel. */
export function votes(readers: readonly Uint8Array[]): Uint8Array {
  const counts = new Uint8Array(readers[0]?.length ?? 0);
  for (const mask of readers) {
    for (let i = 0; i < counts.length; i++) counts[i] = (counts[i] ?? 0) + (mask[i] ?? 0);
  }
  return counts;
}

export function area(mask: Uint8Array): number {
  let count = 0;
  for (const pixel of mask) count += pixel;
  return count;
}
