import { readFile } from 'node:fs/promises';
import { NpzError, readNpz, type NumericArray, type Npz } from '../npz';
import { UsageError } from '../usage-error';
import type { AnnotatedImage, Dataset, Structure } from './dataset';

const layouts =
  'Expected are the arrays image [n,H,W] and masks_packed [n,readers*H*W/8] with patient [n], or image [n,H,W] and label [n,H,W] with name [n].';

/**
 * Reads `image` uint8 [n,H,W] with either `masks_packed` (bits as numpy.packbits makes them, one plane of H*W bits a reader) or `label`
 * (0 background, every other value a structure). `patient` or `name` tell which images belong together; without them each image stands
 * alone. `readers` [n] numbers the groups of images that the same readers drew; without it all are one group. `slice` [n] (numbers, or
 * text whose last digits are one) and `nodule` [n] tell which images lie next to each other. Throws a `UsageError` for a file that is
 * missing, unreadable, empty or laid out otherwise.
 */
export async function readDataset(file: string): Promise<Dataset> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new UsageError(
      `${file} cannot be read (${cause instanceof Error ? cause.message : String(cause)}): name an npz file with --data.`,
      { cause },
    );
  });
  try {
    return datasetOf(readNpz(bytes), file);
  } catch (cause) {
    if (!(cause instanceof NpzError)) throw cause;
    throw new UsageError(`${file}: ${cause.message} ${layouts}`, { cause });
  }
}

function datasetOf(npz: Npz, file: string): Dataset {
  const image = bytesOf(npz, 'image');
  const [count = 0, height = 0, width = 0] = image.shape;
  if (image.shape.length !== 3) {
    throw new NpzError(`The array 'image' has the shape [${image.shape.join(', ')}].`);
  }
  if (count === 0 || height === 0 || width === 0) {
    throw new UsageError(`${file} holds no images: give a file with at least one.`);
  }
  const structures = npz.has('masks_packed')
    ? readersOf(bytesOf(npz, 'masks_packed'), count, height * width)
    : labelsOf(bytesOf(npz, 'label'), image.shape);
  const text = (name: string): ArrayLike<string> => perImage(npz, name, count, each => npz.text(each));
  const patients = text(npz.has('patient') ? 'patient' : 'name');
  const nodules = text('nodule');
  const groups = perImage(npz, 'readers', count, name => npz.numbers(name));
  const slices = perImage<number | string>(npz, 'slice', count, name => npz.read(name));
  const images = Array.from({ length: count }, (_, index): AnnotatedImage => ({
    pixels: image.data.subarray(index * height * width, (index + 1) * height * width),
    patient: patients[index] ?? `image ${index}`,
    group: groups[index] ?? 0,
    nodule: nodules[index] ?? '',
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
function perImage<T>(
  npz: Npz,
  name: string,
  count: number,
  read: (name: string) => { readonly data: ArrayLike<T> },
): ArrayLike<T> {
  if (!npz.has(name)) return [];
  const { data } = read(name);
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
  const readers = (rowBytes * 8) / pixels;
  if (packed.shape.length !== 2 || rows !== count || !Number.isInteger(readers) || readers < 1) {
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
  label: NumericArray & { readonly data: Uint8Array },
  shape: readonly number[],
): (index: number) => readonly Structure[] {
  if (label.shape.length !== shape.length || label.shape.some((size, axis) => size !== shape[axis])) {
    throw new NpzError(
      `The array 'label' has the shape [${label.shape.join(', ')}], image has [${shape.join(', ')}].`,
    );
  }
  const pixels = (shape[1] ?? 0) * (shape[2] ?? 0);
  return index => {
    const values = label.data.subarray(index * pixels, (index + 1) * pixels);
    return [...new Set(values)]
      .filter(value => value !== 0)
      .sort((a, b) => a - b)
      .map(label => ({ label, readers: [values.map(each => (each === label ? 1 : 0))] }));
  };
}
