import { insideImage, toSlice, type Crop } from './crop';
import type { Slice } from './slice';

/** Samples a side at most per model pixel: beyond it averaging more changes nothing that the model could see. */
const LARGEST_OVERSAMPLING = 8;

/** Rec. 601 luma, as DICOM's YBR_FULL has it (PS3.3 C.7.6.3.1.2). */
const LUMA = [0.299, 0.587, 0.114] as const;

/** What a network takes for an image. */
export interface TensorForm {
  /** Side S of the model's square input in model pixels. */
  readonly inputSize: number;
  readonly inputChannels: 1 | 3;
  /** One for each channel, like `std`; of values 0..1. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

type Input = TensorForm & { readonly engine: 'bayes' | 'reference' | 'sam' };

/**
 * What the model sees of the slice: [channels, S, S], windowed to 0..1, then (value - mean) / std.
 * Values are windowed first and resampled after; outside the image they are 0 (black). A colour slice becomes its luma for a
 * one-channel model; a grey slice is replicated for a three-channel model. Where a model pixel is larger than a slice pixel,
 * n x n bilinear samples are averaged, n = ceil(scale): the same rule as in the training. Models built like SAM know no surroundings of an
 * image: its border is continued within the half pixel at its edge, and beyond the tensor is 0.
 */
export function imageTensor(slice: Slice, crop: Crop, input: Input): Float32Array {
  const size = input.inputSize;
  const plane = size * size;
  const tensor = new Float32Array(input.inputChannels * plane);
  const colour = slice.channels === 3 && input.inputChannels === 3;
  const planes = colour ? 3 : 1;
  const padded = input.engine !== 'bayes';
  for (let channel = 0; channel < planes; channel++) {
    const sampled = resample(slice, crop, size, greyReader(slice, colour ? channel : null), padded);
    normalise(sampled, input, channel, tensor);
    for (let copy = 1; planes === 1 && copy < input.inputChannels; copy++)
      normalise(sampled, input, copy, tensor);
  }
  if (padded) clearOutside(tensor, slice, crop, size);
  return tensor;
}

/** Sets every model pixel whose centre lies outside the image to 0, in all planes. */
function clearOutside(tensor: Float32Array, slice: Slice, crop: Crop, size: number): void {
  for (let v = 0; v < size; v++) {
    for (let u = 0; u < size; u++) {
      if (insideImage(slice, toSlice(crop, slice, size, u, v))) continue;
      for (let i = v * size + u; i < tensor.length; i += size * size) tensor[i] = 0;
    }
  }
}

/** Grey 0..1 of the crop on `size * size` square pixels: what a thumbnail shows. */
export function greyCrop(slice: Slice, crop: Crop, size: number): Float32Array {
  return resample(slice, crop, size, greyReader(slice, null), false);
}

/** Whether all of the image shows as one grey: it is blank, or its window leaves nothing to be seen. */
export function isUniform(slice: Slice): boolean {
  const grey = greyReader(slice, null);
  const first = grey(0);
  const count = slice.width * slice.height;
  for (let i = 1; i < count; i++) if (grey(i) !== first) return false;
  return true;
}

function normalise(sampled: Float32Array, input: Input, channel: number, tensor: Float32Array): void {
  const mean = input.mean[channel] ?? 0;
  const std = input.std[channel] || 1;
  const offset = channel * sampled.length;
  for (let i = 0; i < sampled.length; i++) tensor[offset + i] = ((sampled[i] as number) - mean) / std;
}

/** Reads pixel `index` as grey 0..1: one channel of a colour slice, or luma / the grey value where `channel` is null. */
function greyReader(slice: Slice, channel: number | null): (index: number) => number {
  const { values, inverted } = slice;
  const { lower, upper } = slice.window;
  const width = upper - lower;
  const grey = (value: number): number => {
    // NaN is padding in some modalities (PET, parametric maps): it shows as black, like the host shows it.
    if (Number.isNaN(value)) return 0;
    const shown = width > 0 ? Math.min(1, Math.max(0, (value - lower) / width)) : value > lower ? 1 : 0;
    return inverted ? 1 - shown : shown;
  };
  if (slice.channels === 1) return index => grey(values[index] as number);
  if (channel !== null) return index => grey(values[3 * index + channel] as number);
  return index =>
    grey(
      LUMA[0] * (values[3 * index] as number) +
        LUMA[1] * (values[3 * index + 1] as number) +
        LUMA[2] * (values[3 * index + 2] as number),
    );
}

/** `continued`: samples less than a pixel outside the image read its border, instead of fading to black. */
function resample(
  slice: Slice,
  crop: Crop,
  size: number,
  grey: (index: number) => number,
  continued: boolean,
): Float32Array {
  const scaleX = crop.side / slice.spacing.x / size;
  const scaleY = crop.side / slice.spacing.y / size;
  const columns = linearTaps(crop.centre.x, scaleX, size, slice.width, continued);
  const rows = linearTaps(crop.centre.y, scaleY, size, slice.height, continued);
  const result = new Float32Array(size * size);
  const share = 1 / (columns.perPixel * rows.perPixel);
  const greyRow = rowReader(slice.width, grey);
  for (let i = 0; i < size * rows.perPixel; i++) {
    const target = Math.floor(i / rows.perPixel) * size;
    for (let side = 0; side < 2; side++) {
      const y = (rows.first[i] as number) + side;
      const weightY = share * (side === 0 ? 1 - (rows.fraction[i] as number) : (rows.fraction[i] as number));
      if (y < 0 || y >= slice.height || weightY === 0) continue;
      const row = greyRow(y, columns.from, columns.to);
      for (let j = 0; j < size * columns.perPixel; j++) {
        const x = columns.first[j] as number;
        const fraction = columns.fraction[j] as number;
        const left = x >= 0 && x < slice.width ? (row[x] as number) : 0;
        const right = x + 1 >= 0 && x + 1 < slice.width ? (row[x + 1] as number) : 0;
        const at = target + Math.floor(j / columns.perPixel);
        result[at] = (result[at] as number) + weightY * (left + fraction * (right - left));
      }
    }
  }
  return result;
}

/** Windowed rows, the last two kept: neighbouring samples share them. */
function rowReader(width: number, grey: (index: number) => number) {
  const even = { y: -1, values: new Float32Array(width) };
  const odd = { y: -1, values: new Float32Array(width) };
  return (y: number, from: number, to: number): Float32Array => {
    const slot = y % 2 === 0 ? even : odd;
    if (slot.y !== y) {
      slot.y = y;
      for (let x = from; x <= to; x++) slot.values[x] = grey(y * width + x);
    }
    return slot.values;
  };
}

interface Taps {
  /** Samples per model pixel along this axis. */
  readonly perPixel: number;
  /** Left (upper) neighbour of each sample, in slice pixels; may lie outside the image. */
  readonly first: Int32Array;
  /** Weight of the right (lower) neighbour. */
  readonly fraction: Float32Array;
  /** Slice pixels touched, clipped to the image (inclusive). */
  readonly from: number;
  readonly to: number;
}

function clamp(position: number, last: number): number {
  return Math.min(last, Math.max(0, position));
}

/** Sample positions along one axis; `scale` is slice pixels per model pixel. */
function linearTaps(centre: number, scale: number, size: number, length: number, continued: boolean): Taps {
  const perPixel = Math.min(LARGEST_OVERSAMPLING, Math.max(1, Math.ceil(scale - 1e-6)));
  const count = size * perPixel;
  const first = new Int32Array(count);
  const fraction = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const exact = centre + ((i + 0.5) / count - 0.5) * scale * size;
    const position = continued && exact > -1 && exact < length ? clamp(exact, length - 1) : exact;
    const floor = Math.floor(position);
    first[i] = floor;
    fraction[i] = position - floor;
  }
  return {
    perPixel,
    first,
    fraction,
    from: Math.max(0, first[0] as number),
    to: Math.min(length - 1, (first[count - 1] as number) + 1),
  };
}
