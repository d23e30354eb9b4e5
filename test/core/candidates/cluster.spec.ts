import { clusterSamples, membersOf } from '../../../extension/src/core/candidates/cluster';
import { seededRandom } from '../../../extension/src/core/random';
import { meanMap, sampleMap, type Samples } from '../../../extension/src/core/network/samples';

const size = 12;

/** Samples that show a square of one of the given sides, with a little noise. */
function squares(sides: readonly number[], noise = 0.02): Samples {
  const random = seededRandom(3);
  const probabilities = new Float32Array(sides.length * size * size);
  sides.forEach((side, n) => {
    for (let i = 0; i < size * size; i++) {
      const inside = i % size < side && Math.floor(i / size) < side;
      probabilities[n * size * size + i] = (inside ? 0.9 : 0.1) + noise * random.uniform();
    }
  });
  return { count: sides.length, size, dimension: 1, latents: new Float32Array(sides.length), probabilities };
}

describe('clusters of samples', () => {
  it('hold the samples that look alike', () => {
    const sides = Array.from({ length: 24 }, (_, n) => [3, 6, 9, 11][n % 4] ?? 0);
    const labels = clusterSamples(squares(sides), 4, 1);
    const groups = membersOf(labels).map(members => new Set(members.map(n => sides[n])));
    expect(groups).toHaveLength(4);
    for (const group of groups) expect(group.size).toBe(1);
  });

  it('are the best of several attempts, each of which may begin badly', () => {
    // Crosses of one of six columns and one of six rows: into nine clusters of four they fall with luck only.
    const probabilities = Float32Array.from({ length: 36 * size * size }, (_, i) => {
      const [cross, u, v] = [Math.floor(i / size ** 2), i % size, Math.floor(i / size) % size];
      return Math.floor(u / 2) === cross % 6 || Math.floor(v / 2) === Math.floor(cross / 6) ? 0.9 : 0.1;
    });
    const crosses: Samples = { count: 36, size, dimension: 1, latents: new Float32Array(36), probabilities };
    const scatter = (members: readonly number[]): number => {
      const mean = meanMap(crosses, members);
      const ofOne = (n: number): number =>
        sampleMap(crosses, n).reduce((sum, p, i) => sum + (p - (mean[i] ?? 0)) ** 2, 0);
      return members.reduce((sum, n) => sum + ofOne(n), 0);
    };
    const scatters = Array.from({ length: 20 }, (_, seed) =>
      membersOf(clusterSamples(crosses, 9, seed)).reduce((sum, members) => sum + scatter(members), 0),
    );
    const best = Math.min(...scatters);
    expect(scatters.filter(each => each < best + 0.1).length).toBeGreaterThan(12);
  });

  it('are the same for the same seed', () => {
    const samples = squares(Array.from({ length: 30 }, (_, n) => 2 + (n % 9)));
    expect(clusterSamples(samples, 4, 5)).toEqual(clusterSamples(samples, 4, 5));
  });

  it('are stable: no sample is nearer to the mean of another cluster', () => {
    const samples = squares(
      Array.from({ length: 30 }, (_, n) => 2 + (n % 9)),
      0.2,
    );
    const groups = membersOf(clusterSamples(samples, 4, 2));
    const map = (n: number) => samples.probabilities.subarray(n * size * size, (n + 1) * size * size);
    const means = groups.map(members =>
      Float32Array.from({ length: size * size }, (_, i) =>
        members.reduce((sum, n) => sum + (map(n)[i] ?? 0) / members.length, 0),
      ),
    );
    const distance = (n: number, mean: Float32Array) =>
      map(n).reduce((sum, p, i) => sum + (p - (mean[i] ?? 0)) ** 2, 0);
    groups.forEach((members, k) => {
      for (const n of members) {
        const own = distance(n, means[k] as Float32Array);
        // Pixels on which all samples agree within 5 % are left out of the clustering.
        for (const mean of means) expect(own).toBeLessThanOrEqual(distance(n, mean) + 0.1);
      }
    });
  });

  it('become one where all samples are the same', () => {
    expect(membersOf(clusterSamples(squares(Array<number>(10).fill(5), 0), 4, 1))).toHaveLength(1);
  });

  it('are no more than there are samples', () => {
    expect(membersOf(clusterSamples(squares([3, 9]), 4, 1)).length).toBeLessThanOrEqual(2);
  });
});
