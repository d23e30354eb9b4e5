/**
 * Seeded chance. The generator is sfc32 (Chris Doty-Humphrey, "Small Fast Counting", PractRand), seeded through splitmix32
 * (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Uniform integer in [0, count). */
  below(count: number): number;
}

/** The same seed and stream give the same sequence on every machine; streams of one seed are independent. */
export function seededRandom(seed: number, stream = 0): Random {
  const next32 = sfc32(seed >>> 0, stream >>> 0);
  const uniform = (): number => next32() / 4294967296;
  let spare: number | null = null;
  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    // Box and Muller; 1 - u is never 0, so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal, below: count => Math.floor(uniform() * count) };
}

/** A seed that follows from a seed and a counter: the seeds of a session's rounds. */
export function deriveSeed(seed: number, counter: number): number {
  return splitMix32((seed >>> 0) ^ Math.imul(counter + 1, 0x9e3779b1))();
}

function splitMix32(state: number): () => number {
  let s = state >>> 0;
  return () => {
    s = (s + 0x9e3779b9) >>> 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}

function sfc32(seed: number, stream: number): () => number {
  const start = splitMix32(seed ^ Math.imul(stream, 0x85ebca6b));
  let a = start();
  let b = start();
  let c = start();
  let counter = 1;
  return () => {
    const result = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + result) >>> 0;
    return result;
  };
}
