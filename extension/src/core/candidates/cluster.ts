import { groupedBy } from '../grouped-by';
import { seededRandom, type Random } from '../random';
import { sampleMap, type Samples } from '../network/samples';

/** Pixels on which all samples agree within this tell no clusters apart. */
const AGREED = 0.05;
/** Of more disputed pixels every second, third, ... is taken: neighbours say the same. */
const MOST_PIXELS = 2000;
const RESTARTS = 5;
const ITERATIONS = 20;

/**
 * K-means with k-means++ seeding over the samples' probability maps: cluster of each sample, [N]. Distances come from the Gram
 * matrix of the disputed pixels, so that restarts and iterations cost nothing. Clusters may be empty where samples coincide.
 */
export function clusterSamples(samples: Samples, clusters: number, seed: number): Int32Array {
  const gram = gramMatrix(samples);
  const random = seededRandom(seed);
  let best: { labels: Int32Array; inertia: number } | null = null;
  for (let restart = 0; restart < RESTARTS; restart++) {
    const attempt = iterate(gram, samples.count, seedLabels(gram, samples.count, clusters, random), clusters);
    if (best === null || attempt.inertia < best.inertia - 1e-9) best = attempt;
  }
  return best?.labels ?? new Int32Array(samples.count);
}

/** Members of each cluster, ascending, by the first of them; empty clusters left out. */
export function membersOf(labels: Int32Array): number[][] {
  return [...groupedBy(labels.keys(), n => labels[n] as number).values()];
}

/** [N,N] inner products over the pixels that any two samples dispute. */
function gramMatrix(samples: Samples): Float64Array {
  const { count } = samples;
  const disputed = disputedPixels(samples);
  const gram = new Float64Array(count * count);
  const length = disputed.length;
  const rows = new Float32Array(count * length);
  for (let n = 0; n < count; n++) {
    const map = sampleMap(samples, n);
    for (let i = 0; i < length; i++) rows[n * length + i] = map[disputed[i] as number] as number;
  }
  for (let n = 0; n < count; n++) {
    for (let m = n; m < count; m++) {
      const product = innerProduct(rows, n * length, m * length, length);
      gram[n * count + m] = product;
      gram[m * count + n] = product;
    }
  }
  return gram;
}

function innerProduct(rows: Float32Array, a: number, b: number, length: number): number {
  let product = 0;
  for (let i = 0; i < length; i++) product += (rows[a + i] as number) * (rows[b + i] as number);
  return product;
}

function disputedPixels(samples: Samples): Int32Array {
  const pixels = samples.size * samples.size;
  const low = new Float32Array(pixels).fill(1);
  const high = new Float32Array(pixels);
  for (let n = 0; n < samples.count; n++) {
    const map = sampleMap(samples, n);
    for (let i = 0; i < pixels; i++) {
      const p = map[i] as number;
      if (p < (low[i] as number)) low[i] = p;
      if (p > (high[i] as number)) high[i] = p;
    }
  }
  const disputed = new Int32Array(pixels);
  let found = 0;
  for (let i = 0; i < pixels; i++) {
    if ((high[i] as number) - (low[i] as number) > AGREED) disputed[found++] = i;
  }
  const step = Math.ceil(found / MOST_PIXELS);
  return step <= 1
    ? disputed.subarray(0, found)
    : disputed.subarray(0, found).filter((_, i) => i % step === 0);
}

function squaredDistance(gram: Float64Array, count: number, a: number, b: number): number {
  const value = (gram[a * count + a] as number) + (gram[b * count + b] as number);
  return Math.max(0, value - 2 * (gram[a * count + b] as number));
}

/** Labels by the nearest of the centres that k-means++ picks. */
function seedLabels(gram: Float64Array, count: number, clusters: number, random: Random): Int32Array {
  const labels = new Int32Array(count);
  const nearest = new Float64Array(count).fill(Infinity);
  let centre = random.below(count);
  for (let k = 0; k < Math.min(clusters, count); k++) {
    let total = 0;
    for (let n = 0; n < count; n++) {
      const distance = squaredDistance(gram, count, n, centre);
      if (distance < (nearest[n] as number)) {
        nearest[n] = distance;
        labels[n] = k;
      }
      total += nearest[n] as number;
    }
    let left = random.uniform() * total;
    centre = nearest.findIndex(distance => (left -= distance) < 0);
    if (centre < 0) break;
  }
  return labels;
}

function iterate(gram: Float64Array, count: number, start: Int32Array, clusters: number) {
  const labels = start.slice();
  let inertia = Infinity;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const distances = centroidDistances(gram, count, labels, clusters);
    let changed = false;
    inertia = 0;
    for (let n = 0; n < count; n++) {
      let best = labels[n] as number;
      for (let k = 0; k < clusters; k++) {
        if ((distances[n * clusters + k] as number) < (distances[n * clusters + best] as number) - 1e-12)
          best = k;
      }
      changed ||= best !== labels[n];
      labels[n] = best;
      inertia += distances[n * clusters + best] as number;
    }
    if (!changed) break;
  }
  return { labels, inertia };
}

/** [N,K] squared distances to the centroids: G_nn - 2 mean_c G_nc + mean_cc' G_cc'. Infinite for an empty cluster. */
function centroidDistances(
  gram: Float64Array,
  count: number,
  labels: Int32Array,
  clusters: number,
): Float64Array {
  const sizes = new Float64Array(clusters);
  const within = new Float64Array(clusters);
  const sums = new Float64Array(count * clusters);
  for (let n = 0; n < count; n++) {
    const k = labels[n] as number;
    sizes[k] = (sizes[k] as number) + 1;
    for (let m = 0; m < count; m++) {
      const at = m * clusters + k;
      sums[at] = (sums[at] as number) + (gram[n * count + m] as number);
    }
  }
  for (let n = 0; n < count; n++) {
    const k = labels[n] as number;
    within[k] = (within[k] as number) + (sums[n * clusters + k] as number);
  }
  for (let n = 0; n < count; n++) {
    for (let k = 0; k < clusters; k++) {
      const at = n * clusters + k;
      const size = sizes[k] as number;
      sums[at] =
        size === 0
          ? Infinity
          : (gram[n * count + n] as number) -
            (2 * (sums[at] as number)) / size +
            (within[k] as number) / (size * size);
    }
  }
  return sums;
}
