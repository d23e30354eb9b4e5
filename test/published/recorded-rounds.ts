import { readFileSync } from 'node:fs';
import type { Slice } from '../../extension/src/core/image/slice';
import { readNpz, type Npz } from '../../tools/npz';
import type { RecordedInput, Replayed } from './replay';

/** One round that the published program ran: what went in and what came out. */
export interface RecordedRound {
  readonly input: RecordedInput;
  readonly output: Replayed;
}

export interface Recording {
  readonly slice: Slice;
  readonly rounds: readonly RecordedRound[];
}

/** Reads `reference_rounds.npz`. */
export function readRecording(file: string): Recording {
  const npz = readNpz(readFileSync(file));
  const values = (name: string): number[] => Array.from(npz.numbers(name).data, Number);
  const rounds = [0, 1, 2].map((round): RecordedRound => {
    const of = (name: string): number[] => values(`round${round}/${name}`);
    const clusters = of('kmeans_labels');
    const [chosen] = of('chosen');
    return {
      input: {
        points: of('points'),
        labels: of('labels'),
        responsibilities: of('responsibilities_in'),
        noise: of('eps'),
        chosen: clusters.flatMap((cluster, n) => (cluster === chosen ? [n] : [])),
      },
      output: {
        feature: of('feature'),
        means: of('means'),
        variances: of('variances'),
        weights: of('weights'),
        z: of('z'),
        logits: of('logits'),
        recommended: of('recommended'),
        responsibilities: of('responsibilities_out'),
      },
    };
  });
  return { slice: sliceOf(npz), rounds };
}

/** The recorded image [3,H,W], 0..1, as a colour slice. */
function sliceOf(npz: Npz): Slice {
  const { data, shape } = npz.numbers('image');
  const [channels = 0, height = 0, width = 0] = shape;
  const pixels = height * width;
  return {
    key: 'recorded',
    width,
    height,
    channels: 3,
    values: Float32Array.from({ length: channels * pixels }, (_, i) =>
      Number(data[(i % channels) * pixels + Math.floor(i / channels)]),
    ),
    spacing: { x: 1, y: 1, unit: 'px' },
    window: { lower: 0, upper: 1 },
    inverted: false,
    modality: 'US',
  };
}
