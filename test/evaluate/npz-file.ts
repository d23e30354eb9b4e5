import { zipSync } from 'fflate';

export interface PlainArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array | readonly string[];
}

/** The bytes of an npz file with uint8 and text arrays, as numpy.savez writes them. */
export function npzFile(arrays: Readonly<Record<string, PlainArray>>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npy(array)])),
  );
}

const textWidth = 16;

function npy({ shape, data }: PlainArray): Uint8Array {
  const numeric = data instanceof Uint8Array;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '${numeric ? '|u1' : `<U${textWidth}`}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n';
  const body = numeric ? data : texts(data);
  const bytes = new Uint8Array(10 + padded.length + body.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, padded.length & 255, padded.length >> 8]);
  bytes.set(new TextEncoder().encode(padded), 10);
  bytes.set(body, 10 + padded.length);
  return bytes;
}

function texts(data: readonly string[]): Uint8Array {
  const points = new Uint32Array(data.length * textWidth);
  data.forEach((text, i) =>
    Array.from(text).forEach((sign, k) => {
      points[i * textWidth + k] = sign.codePointAt(0) ?? 0;
    }),
  );
  return new Uint8Array(points.buffer);
}
