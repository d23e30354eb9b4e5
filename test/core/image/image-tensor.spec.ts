import { toSlice, type Crop } from '../../../extension/src/core/image/crop';
import { greyCrop, imageTensor } from '../../../extension/src/core/image/image-tensor';
import type { Slice } from '../../../extension/src/core/image/slice';

function sliceOf(values: Slice['values'], width: number, height: number, change: Partial<Slice> = {}): Slice {
  return {
    key: 'test',
    width,
    height,
    channels: 1,
    values,
    spacing: { x: 1, y: 1, unit: 'px' },
    window: { lower: 0, upper: 100 },
    inverted: false,
    modality: 'CT',
    ...change,
  };
}

/** The value of a pixel is its column: a ramp shows where each sample was taken. */
const ramp = (width: number, height: number, change: Partial<Slice> = {}) =>
  sliceOf(
    Float32Array.from({ length: width * height }, (_, i) => i % width),
    width,
    height,
    {
      window: { lower: 0, upper: width },
      ...change,
    },
  );

const plain = { engine: 'bayes', inputSize: 16, inputChannels: 1, mean: [0], std: [1] } as const;

describe('the image tensor', () => {
  it('samples each model pixel where the crop geometry says', () => {
    const slice = ramp(64, 40, { spacing: { x: 0.5, y: 2, unit: 'mm' } });
    const crop: Crop = { centre: { x: 30.3, y: 20 }, side: 7 };
    const tensor = imageTensor(slice, crop, plain);
    for (let j = 0; j < 16; j++) {
      expect((tensor[5 * 16 + j] ?? NaN) * 64).toBeCloseTo(toSlice(crop, slice, 16, j, 5).x, 3);
    }
  });

  it('averages what a coarse model pixel covers', () => {
    const stripes = sliceOf(
      Float32Array.from({ length: 128 * 128 }, (_, i) => (i % 2) * 100),
      128,
      128,
    );
    const tensor = imageTensor(stripes, { centre: { x: 63.5, y: 63.5 }, side: 128 }, plain);
    for (const value of tensor) expect(value).toBeCloseTo(0.5, 2);
  });

  it('is black outside the image, fading over the last half pixel', () => {
    const white = sliceOf(new Float32Array(100).fill(100), 10, 10);
    const grey = greyCrop(white, { centre: { x: 0, y: 5 }, side: 16 }, 16);
    // Model pixel 8 lies at x = .5, pixel 7 at -.5: half way between the border pixel and black.
    expect(grey[8 * 16 + 8]).toBeCloseTo(1, 5);
    expect(grey[8 * 16 + 7]).toBeCloseTo(0.5, 5);
    expect(grey[8 * 16 + 6]).toBe(0);
  });

  it('clips to the window and turns MONOCHROME1 round', () => {
    const high = sliceOf(
      Int16Array.from({ length: 16 }, (_, i) => [-500, 0, 50, 3000][i % 4] ?? 0),
      4,
      4,
    );
    const line = (inverted: boolean) =>
      Array.from(greyCrop({ ...high, inverted }, { centre: { x: 1.5, y: 1.5 }, side: 4 }, 4).slice(4, 8));
    expect(line(false)).toEqual([0, 0, 0.5, 1]);
    expect(line(true)).toEqual([1, 1, 0.5, 0]);
  });

  it('normalises by mean and standard deviation, and replicates grey for a three-channel model', () => {
    const slice = sliceOf(new Float32Array(16).fill(50), 4, 4);
    const tensor = imageTensor(
      slice,
      { centre: { x: 1.5, y: 1.5 }, side: 4 },
      { engine: 'bayes', inputSize: 4, inputChannels: 3, mean: [0.1, 0.2, 0.3], std: [1, 0.5, 0.1] },
    );
    expect(tensor).toHaveLength(48);
    expect(tensor[0]).toBeCloseTo(0.4, 5);
    expect(tensor[16]).toBeCloseTo(0.6, 5);
    expect(tensor[32]).toBeCloseTo(2, 5);
  });

  it('shows a colour slice as luma to a one-channel model, and in its channels to another', () => {
    const colour = sliceOf(
      Uint8Array.from({ length: 48 }, (_, i) => [100, 50, 0][i % 3] ?? 0),
      4,
      4,
      { channels: 3 },
    );
    const crop: Crop = { centre: { x: 1.5, y: 1.5 }, side: 4 };
    expect(greyCrop(colour, crop, 4)[5]).toBeCloseTo(0.299 + 0.587 / 2, 5);
    const three = imageTensor(colour, crop, {
      engine: 'bayes',
      inputSize: 4,
      inputChannels: 3,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    });
    expect([three[5], three[21], three[37]]).toEqual([1, 0.5, 0]);
  });

  it('continues the border of a whole slice by half a pixel and is 0 beyond, for models built like SAM', () => {
    const white = sliceOf(new Float32Array(8).fill(100), 4, 2);
    const input = { engine: 'sam', inputSize: 8, inputChannels: 1, mean: [0.25], std: [0.5] } as const;
    const tensor = imageTensor(white, { centre: { x: 1.5, y: 1.5 }, side: 4 }, input);
    const rows = Array.from({ length: 8 }, (_, v) => new Set(tensor.subarray(8 * v, 8 * v + 8)));
    expect(rows.map(row => [...row])).toEqual([[1.5], [1.5], [1.5], [1.5], [0], [0], [0], [0]]);
  });

  it.each([
    ['an empty window', { window: { lower: 40, upper: 40 } }],
    ['a window the wrong way round', { window: { lower: 90, upper: 10 } }],
    ['missing values', { values: new Float32Array(16).fill(NaN) }],
    ['a constant image', { values: new Float32Array(16).fill(7) }],
  ])('gives numbers for %s', (_, change) => {
    const slice = sliceOf(
      Float32Array.from({ length: 16 }, (__, i) => i * 10),
      4,
      4,
      change,
    );
    const tensor = imageTensor(slice, { centre: { x: 1.5, y: 1.5 }, side: 4 }, { ...plain, std: [0] });
    for (const value of tensor) expect(Number.isFinite(value)).toBe(true);
  });
});
