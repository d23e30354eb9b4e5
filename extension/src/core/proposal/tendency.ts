import type { Tendency } from './proposal';
import { sampleMap, type Samples } from '../network/samples';

/**
 * Where the samples stand among `reference` (samples of the bundle's prior on the same crop): generosity by area, smoothness by area
 * over squared perimeter, each as a rank 0..1. Null where the reference leaves nothing to compare.
 */
export function tendencyOf(samples: Samples, reference: Samples): Tendency | null {
  const present = shapes(samples);
  const scale = shapes(reference);
  if (present.length === 0 || scale.length === 0) return null;
  const place = (measure: (shape: Shape) => number): Tendency['generosity'] => {
    const sorted = scale.map(measure).sort((a, b) => a - b);
    const ranks = present.map(shape => rank(sorted, measure(shape))).sort((a, b) => a - b);
    const quantile = (q: number): number => ranks[Math.round(q * (ranks.length - 1))] ?? 0.5;
    return {
      mean: ranks.reduce((sum, value) => sum + value, 0) / ranks.length,
      low: quantile(0.1),
      high: quantile(0.9),
    };
  };
  return { generosity: place(shape => shape.area), smoothness: place(shape => shape.smoothness) };
}

interface Shape {
  readonly area: number;
  readonly smoothness: number;
}

/** Soft area and isoperimetric ratio of every sample that shows anything. */
function shapes(samples: Samples): Shape[] {
  return Array.from({ length: samples.count }, (_, n) => shapeOf(sampleMap(samples, n), samples.size)).filter(
    shape => shape.area >= 1,
  );
}

function shapeOf(map: Float32Array, size: number): Shape {
  let area = 0;
  let perimeter = 0;
  for (let v = 0; v < size - 1; v++) {
    for (let u = 0; u < size - 1; u++) {
      const at = v * size + u;
      const p = map[at] as number;
      area += p;
      const across = (map[at + 1] as number) - p;
      const down = (map[at + size] as number) - p;
      perimeter += Math.sqrt(across * across + down * down);
    }
  }
  return { area, smoothness: area / Math.max(1, perimeter * perimeter) };
}

/** Share of the sorted values below, ties counting half. */
function rank(sorted: readonly number[], value: number): number {
  const below = sorted.filter(other => other < value).length;
  const equal = sorted.filter(other => other === value).length;
  return (below + equal / 2) / sorted.length;
}
