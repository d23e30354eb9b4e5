import { zipSync } from 'fflate';
import { parseNpy, readNpz } from '../../tools/npz';

/** A .npy file as numpy.save writes it, format version 1. */
function npy(descr: string, shape: string, body: Uint8Array, fortran = false): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${shape}, }`;
  const header = new TextEncoder().encode(text.padEnd(118 - 1) + '\n');
  const file = new Uint8Array(10 + header.length + body.length);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  file.set(header, 10);
  file.set(body, 10 + header.length);
  return file;
}

const bytesOf = (array: { buffer: ArrayBufferLike }) => new Uint8Array(array.buffer);

/** The numbers of a single .npy file. */
function numbersOf(file: Uint8Array): number[] {
  const array = parseNpy(file, 'x');
  if (array.kind !== 'number') throw new Error('no numbers');
  return Array.from(array.data);
}

describe('an npz file', () => {
  it('gives numbers of every common type with their shape', () => {
    const file = zipSync({
      'a.npy': npy('<f4', '(2, 3)', bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6.5))),
      'b.npy': npy('<i8', '(2,)', bytesOf(BigInt64Array.of(-7n, 9007199254740991n))),
      'c.npy': npy('|b1', '(3,)', Uint8Array.of(1, 0, 1)),
      'folder/d.npy': npy('<i2', '()', bytesOf(Int16Array.of(-300))),
    });
    const npz = readNpz(file);
    expect(npz.numbers('a')).toEqual({
      kind: 'number',
      shape: [2, 3],
      data: Float32Array.of(1, 2, 3, 4, 5, 6.5),
    });
    expect(Array.from(npz.numbers('b').data)).toEqual([-7, 9007199254740991]);
    expect(Array.from(npz.numbers('c').data)).toEqual([1, 0, 1]);
    expect(npz.numbers('folder/d')).toEqual({ kind: 'number', shape: [], data: Int16Array.of(-300) });
    expect(npz.names).toEqual(['a', 'b', 'c', 'folder/d']);
  });

  it('turns column-major arrays into row-major ones', () => {
    // [[1,2,3],[4,5,6]] stored column by column.
    const file = npy('<u2', '(2, 3)', bytesOf(Uint16Array.of(1, 4, 2, 5, 3, 6)), true);
    expect(numbersOf(file)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads big-endian numbers', () => {
    expect(numbersOf(npy('>i4', '(1,)', Uint8Array.of(0, 0, 1, 2)))).toEqual([258]);
  });

  it('reads text, padded or not', () => {
    const codes = Uint32Array.from(
      [...'Ärzte', '\0', ...'ok', '\0', '\0', '\0', '\0'],
      c => c.codePointAt(0) ?? 0,
    );
    const npz = readNpz(zipSync({ 't.npy': npy('<U6', '(2,)', bytesOf(codes)) }));
    expect(npz.read('t').data).toEqual(['Ärzte', 'ok']);
  });

  it.each([
    ['a file that is no zip', () => readNpz(Uint8Array.of(1, 2, 3)), /not a readable .npz/],
    ['an array that is not there', () => readNpz(zipSync({})).numbers('image'), /no array 'image'/],
    ['an array cut short', () => parseNpy(npy('<f8', '(4,)', new Uint8Array(8)), 'x'), /'x' is cut short/],
    ['python objects', () => parseNpy(npy('|O', '(1,)', new Uint8Array(8)), 'x'), /not supported/],
    ['complex numbers', () => parseNpy(npy('<c8', '(1,)', new Uint8Array(8)), 'x'), /not supported/],
    ['something else', () => parseNpy(new Uint8Array(20), 'x'), /not a .npy/],
    [
      'text asked for as numbers',
      () => readNpz(zipSync({ 't.npy': npy('<U1', '(1,)', new Uint8Array(4)) })).numbers('t'),
      /holds text/,
    ],
  ])('refuses %s in words', (_, read, message) => {
    expect(read).toThrow(message);
  });
});
