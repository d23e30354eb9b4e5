/** What a bundle's graphs must give for an input that formulas describe: a runtime that gives other numbers is not to be trusted with images. */
import { SpaError } from '../core/error';
import type { PromptChannel } from '../core/prompts/prompts';
import { reasons } from '../text';

/** The image that is asked about, of S pixels a side, the same in every channel; it is fed as it is, without mean and standard deviation. */
export const knownImage = 'sin(0.13 * row) + cos(0.09 * column)';

/** Section `check` of a manifest. */
export interface KnownAnswer {
  readonly image: typeof knownImage;
  /** A positive point, in model pixels as the graphs take them. */
  readonly point: { readonly x: number; readonly y: number };
  /** [D]; empty for the engine `sam`. */
  readonly latent: readonly number[];
  /** Some pixels of the logits [L,L], as the graph gives them; of the engine `sam` its first mask's. */
  readonly logits: readonly { readonly row: number; readonly column: number; readonly value: number }[];
}

/**
 * So much a logit may be wrong: it moves a probability by 2.5 hundredths at most. Processors differ by 1e-5 and the arithmetic of graphics cards
 * by some 1e-3, while faults of a driver or of a damaged runtime give other maps altogether.
 */
const TOLERATED = 0.1;
/** Networks whose logits are larger than this are less exact in proportion. */
const USUAL_LOGIT = 10;

/** [channels, S, S] */
export function knownImageTensor(channels: number, size: number): Float32Array {
  const pixels = size * size;
  return Float32Array.from({ length: channels * pixels }, (_, i) => {
    const pixel = i % pixels;
    return Math.sin(0.13 * Math.floor(pixel / size)) + Math.cos(0.09 * (pixel % size));
  });
}

/** The point as maps [P, S, S]: a Gaussian of deviation `sigma` in the channel of positive points, nothing in the others. */
export function knownPromptMaps(
  { point }: KnownAnswer,
  channels: readonly PromptChannel[],
  size: number,
  sigma: number,
): Float32Array {
  const pixels = size * size;
  const maps = new Float32Array(channels.length * pixels);
  const offset = channels.indexOf('positive') * pixels;
  if (offset < 0) return maps;
  for (let i = 0; i < pixels; i++) {
    const squared = ((i % size) - point.x) ** 2 + (Math.floor(i / size) - point.y) ** 2;
    maps[offset + i] = Math.exp(-squared / (2 * sigma ** 2));
  }
  return maps;
}

/** [samples, D]: the latent as often as a round has samples. */
export function knownLatents({ latent }: KnownAnswer, samples: number): Float32Array {
  return Float32Array.from({ length: samples * latent.length }, (_, i) => latent[i % latent.length] ?? 0);
}

/**
 * Compares logits [N,L,L] of N equal latents, divided by the temperature, with the answer: some drivers compute only the first of a batch right.
 * Throws `wrong-results`, also where logits are no numbers.
 */
export function checkKnownAnswer(
  logits: Float32Array,
  { logits: wanted }: KnownAnswer,
  { outputSize: size, temperature }: { readonly outputSize: number; readonly temperature: number },
): void {
  const pixels = size * size;
  const largest = Math.max(...wanted.map(({ value }) => Math.abs(value)));
  const tolerated = TOLERATED * Math.max(1, largest / USUAL_LOGIT);
  for (let first = 0; first < logits.length; first += pixels) {
    for (const { row, column, value } of wanted) {
      const found = (logits[first + row * size + column] ?? NaN) * temperature;
      if (Math.abs(found - value) <= tolerated) continue;
      throw new SpaError('wrong-results', { reason: reasons.otherNumber(value, found) });
    }
  }
}
