import { reasonOf } from '../../extension/src/core/error';
import { readFile } from 'node:fs/promises';
import { NpzError, readNpz, type NumericArray, type Npz } from '../npz';
import { UsageError } from '../usage-error';
import type { AnnotatedImage, Dataset, Structure } from './dataset';

const layouts =
  'Expected are the arrays image [n,H,W] (or [n,H,W,3] in colour) and masks_packed [n,readers*H*W/8] with patient [n], or image and label [n,H,W] with name [n].';

/**
 * Reads `image` uint8 [n,H,W], or [n,H,W,3] in colour, with either `masks_packed` (bits as numpy.packbits makes them, one plane of
 * H*W bits a reader) or `label` [n,H,W] (0 background, every other value a structure). `patient` or `name` tell which images belong
 * together; without them each image stands alone. `readers` [n] numbers the groups of images that the same readers drew; without it,
 * or where it is a single number, all are one group. With `neighbours`, `slice` [n] (numbers, or text whose last digits are one) and
 * `nodule` [n] tell which images lie next to each other. Throws a `UsageError` for a file that is missing, unreadable, empty or laid
 * out otherwise.
 */
export async function readDataset(file: string, neighbours = false): Promise<Dataset> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read (${reasonOf(cause)}): name an npz file with --data.`, {
      cause,
    });
  });
  try {
    return datasetOf(readNpz(bytes), file, neighbours);
  } catch (cause) {
    if (!(cause instanceof NpzError)) throw cause;
    throw new UsageError(`${file}: ${cause.message} ${layouts}`, { cause });
  }
}

function datasetOf(npz: Npz, file: string, neighbours: boolean): Dataset {
  const image = bytesOf(npz, 'image');
  const [count = 0, height = 0, width = 0, channels = 1] = image.shape;
  if (![3, 4].includes(image.shape.length) || (channels !== 1 && channels !== 3)) {
    throw new NpzError(`The array 'image' has the shape [${image.shape.join(', ')}].`);
  }
  if (count === 0 || height === 0 || width === 0) {
    throw new UsageError(`${file} holds no images: give a file with at least one.`);
  }
  const structures = npz.has('masks_packed')
    ? readersOf(bytesOf(npz, 'masks_packed'), count, height * width)
    : labelsOf(npz.numbers('label'), [count, height, width]);
  const entries = (name: string): ArrayLike<number | string> => perImage(npz, name, count);
  const patients = entries(npz.has('patient') ? 'patient' : 'name');
  const groups = npz.has('readers') && npz.numbers('readers').shape.length > 0 ? entries('readers') : [];
  const nodules = neighbours ? entries('nodule') : [];
  const slices = neighbours ? entries('slice') : [];
  const size = height * width * channels;
  const images = Array.from({ length: count }, (_, index): AnnotatedImage => ({
    pixels: image.data.subarray(index * size, (index + 1) * size),
    channels,
    patient: String(patients[index] ?? `image ${index}`),
    group: Number(groups[index] ?? 0),
    nodule: String(nodules[index] ?? ''),
    sliceNumber: sliceNumberOf(slices[index] ?? null),
    structures: structures(index),
  }));
  return { width, height, images };
}

function bytesOf(npz: Npz, name: string): NumericArray & { readonly data: Uint8Array } {
  const { data, ...array } = npz.numbers(name);
  if (!(data instanceof Uint8Array)) throw new NpzError(`The array '${name}' is not of the type uint8.`);
  return { ...array, data };
}

/** An array with one entry an image; empty where the file does not have it. */
function perImage(npz: Npz, name: string, count: number): ArrayLike<number | string> {
  if (!npz.has(name)) return [];
  const { data } = npz.read(name);
  if (data.length !== count)
    throw new NpzError(`The array '${name}' has ${data.length} entries for ${count} images.`);
  return data;
}

/** Of text its last run of digits: 12 of 'slice-12.png'. */
function sliceNumberOf(entry: number | string | null): number | null {
  if (entry === null) return null;
  const number = typeof entry === 'number' ? entry : Number(/\d+(?=\D*$)/.exec(entry)?.[0] ?? NaN);
  if (!Number.isSafeInteger(number)) {
    throw new NpzError(`The entry '${entry}' of the array 'slice' holds no whole number.`);
  }
  return number;
}

/** One structure an image, drawn by several readers. */
function readersOf(
  packed: NumericArray & { readonly data: Uint8Array },
  count: number,
  pixels: number,
): (index: number) => readonly Structure[] {
  const [rows = 0, rowBytes = 0] = packed.shape;
  const readers = Math.floor((rowBytes * 8) / pixels);
  // The last byte of a row need not be full.
  const isWhole = Math.ceil((readers * pixels) / 8) === rowBytes;
  if (packed.shape.length !== 2 || rows !== count || !isWhole || readers < 1) {
    throw new NpzError(
      `The array 'masks_packed' has the shape [${packed.shape.join(', ')}], which does not go with ${count} images of ${pixels} pixels.`,
    );
  }
  return index => {
    const row = packed.data.subarray(index * rowBytes, (index + 1) * rowBytes);
    const drawn = Array.from({ length: readers }, (_, reader) => unpack(row, reader * pixels, pixels));
    return [{ label: 1, readers: drawn }];
  };
}

/** numpy.unpackbits: the highest bit of a byte comes first. */
function unpack(bytes: Uint8Array, firstBit: number, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, i) => {
    const bit = firstBit + i;
    return ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
  });
}

/** One structure a label, drawn by one reader. */
function labelsOf(
  label: NumericArray,
  shape: readonly [number, number, number],
): (index: number) => readonly Structure[] {
  if (label.shape.length !== shape.length || label.shape.some((size, axis) => size !== shape[axis])) {
    throw new NpzError(
      `The array 'label' has the shape [${label.shape.join(', ')}], where the images have [${shape.join(', ')}].`,
    );
  }
  const pixels = shape[1] * shape[2];
  return index => {
    const values = label.data.subarray(index * pixels, (index + 1) * pixels);
    return [...new Set(values)]
      .filter(value => value !== 0)
      .sort((a, b) => a - b)
      .map(wanted => ({
        label: wanted,
        readers: [Uint8Array.from(values, each => (each === wanted ? 1 : 0))],
      }));
  };
}
