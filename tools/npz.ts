/** Reads NumPy's .npz (a zip of .npy files): numpy/lib/format.py, versions 1 to 3. */
import { unzipSync } from 'fflate';

export type NumberArray =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

/** One array, always in C order (row-major), whatever the file's order. */
export interface NumericArray {
  readonly kind: 'number';
  readonly shape: readonly number[];
  /** Of bool arrays 0 or 1; 64-bit integers become Float64Array and must fit. */
  readonly data: NumberArray;
}

interface TextArray {
  readonly kind: 'text';
  readonly shape: readonly number[];
  readonly data: readonly string[];
}

/** A file that cannot be read says which array and why. */
export class NpzError extends Error {
  override readonly name = 'NpzError';
}

export class Npz {
  constructor(private readonly files: Readonly<Record<string, Uint8Array>>) {}

  get names(): string[] {
    return Object.keys(this.files).map(file => file.replace(/\.npy$/, ''));
  }

  has(name: string): boolean {
    return `${name}.npy` in this.files;
  }

  numbers(name: string): NumericArray {
    const array = this.read(name);
    if (array.kind !== 'number') throw new NpzError(`The array '${name}' holds text, not numbers.`);
    return array;
  }

  /** Of either kind. */
  read(name: string): NumericArray | TextArray {
    const bytes = this.files[`${name}.npy`];
    if (bytes === undefined) {
      throw new NpzError(`There is no array '${name}'; the file has: ${this.names.join(', ')}.`);
    }
    return parseNpy(bytes, name);
  }
}

export function readNpz(bytes: Uint8Array): Npz {
  try {
    return new Npz(unzipSync(bytes));
  } catch (cause) {
    throw new NpzError(
      'This is not a readable .npz file: make it anew with numpy.savez or savez_compressed.',
      {
        cause,
      },
    );
  }
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;

/** `name` is for messages alone. */
export function parseNpy(bytes: Uint8Array, name: string): NumericArray | TextArray {
  if (MAGIC.some((value, i) => bytes[i] !== value)) throw new NpzError(`'${name}' is not a .npy array.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = view.getUint8(6) >= 2;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(start, start + length));
  const { descr, fortran, shape } = parseHeader(header, name);
  const count = shape.reduce((product, size) => product * size, 1);
  const body = bytes.subarray(start + length);
  const type = /^([<>|=])([a-zA-Z])(\d+)$/.exec(descr);
  if (type === null) throw new NpzError(`'${name}' has the type ${descr}, which is not supported.`);
  const [, order, code, digits] = type;
  const width = Number(digits);
  const big = order === '>';
  const needed = count * width * (code === 'U' ? 4 : 1);
  if (body.byteLength < needed) {
    throw new NpzError(`'${name}' is cut short: ${body.byteLength} bytes of ${needed}.`);
  }
  if (code === 'U' || code === 'S') {
    const strings = readText(body, count, width, code, big);
    const data = fortran ? toRowMajor(strings, shape, new Array<string>(count)) : strings;
    return { kind: 'text', shape, data };
  }
  const numbers = readNumbers(body, count, `${code}${width}`, big, name);
  if (!fortran || shape.length < 2) return { kind: 'number', shape, data: numbers };
  return { kind: 'number', shape, data: toRowMajor(numbers, shape, numbers.slice()) };
}

function parseHeader(header: string, name: string) {
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (descr === undefined || fortran === undefined || shape === undefined) {
    throw new NpzError(`'${name}' holds Python objects or records, which are not read: store plain arrays.`);
  }
  const sizes = shape
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '');
  return { descr, fortran: fortran === 'True', shape: sizes.map(Number) };
}

function readNumbers(body: Uint8Array, count: number, type: string, big: boolean, name: string): NumberArray {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const fill = <T extends NumberArray>(array: T, width: number, read: (offset: number) => number): T => {
    for (let i = 0; i < count; i++) array[i] = read(i * width);
    return array;
  };
  const little = !big;
  switch (type) {
    case 'b1':
    case 'u1':
      return body.slice(0, count);
    case 'i1':
      return fill(new Int8Array(count), 1, at => view.getInt8(at));
    case 'u2':
      return fill(new Uint16Array(count), 2, at => view.getUint16(at, little));
    case 'i2':
      return fill(new Int16Array(count), 2, at => view.getInt16(at, little));
    case 'u4':
      return fill(new Uint32Array(count), 4, at => view.getUint32(at, little));
    case 'i4':
      return fill(new Int32Array(count), 4, at => view.getInt32(at, little));
    case 'u8':
      return fill(new Float64Array(count), 8, at => exact(view.getBigUint64(at, little), name));
    case 'i8':
      return fill(new Float64Array(count), 8, at => exact(view.getBigInt64(at, little), name));
    case 'f4':
      return fill(new Float32Array(count), 4, at => view.getFloat32(at, little));
    case 'f8':
      return fill(new Float64Array(count), 8, at => view.getFloat64(at, little));
    default:
      throw new NpzError(
        `'${name}' has the type ${type}, which is not supported: store it as float32 or int32.`,
      );
  }
}

function exact(value: bigint, name: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new NpzError(`'${name}' holds an integer beyond 2^53: ${value}.`);
  return number;
}

/** `U`: UTF-32 code points; `S`: bytes. Both padded with zeros. */
function readText(body: Uint8Array, count: number, width: number, code: 'U' | 'S', big: boolean): string[] {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let k = 0; k < width; k++) {
      const at = i * width + k;
      const point = code === 'U' ? view.getUint32(4 * at, !big) : view.getUint8(at);
      if (point !== 0) text += String.fromCodePoint(point);
    }
    return text;
  });
}

/** Fortran order (first index fastest) to C order (last index fastest), into `target`. */
function toRowMajor<T extends NumberArray | string[]>(source: T, shape: readonly number[], target: T): T {
  const index = shape.map(() => 0);
  for (let to = 0; to < source.length; to++) {
    let from = 0;
    for (let axis = shape.length - 1; axis >= 0; axis--)
      from = from * (shape[axis] as number) + (index[axis] as number);
    target[to] = source[from] as T[number];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
    }
  }
  return target;
}
