import { open, type FileHandle } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inflateRawSync } from 'node:zlib';
import type * as DicomParser from 'dicom-parser';
import type { DataSet } from 'dicom-parser';

// The parser is a CommonJS bundle whose names an ES import does not see.
const dicomParser = createRequire(import.meta.url)('dicom-parser') as typeof DicomParser;

export const transferSyntaxes = {
  implicitLittleEndian: '1.2.840.10008.1.2',
  explicitLittleEndian: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  explicitBigEndian: '1.2.840.10008.1.2.2',
} as const;

/** The file is not DICOM at all: of no interest, only counted. */
export class NotDicomError extends Error {
  override readonly name = 'NotDicomError';
}

/** The file is DICOM and cannot be used; the message says why and what to do. */
export class BrokenDicomError extends Error {
  override readonly name = 'BrokenDicomError';
}

/** A parsed file up to, and without, its pixel data. */
export interface Part10 {
  readonly dataSet: DataSet;
  readonly transferSyntax: string;
  /** Bytes on which all offsets of `dataSet` stand: the file's, or those of the inflated file. */
  readonly byteLength: number;
}

const firstRead = 128 * 1024;
const pixelData = 'x7fe00010';

/** Reads a file's attributes without reading its pixels. Offsets in the answer are offsets into the file (see `readBytes`). */
export async function readPart10(path: string): Promise<Part10> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const syntaxGuess = await recognise(file, size);
    for (let length = Math.min(size, firstRead); ; length = Math.min(size, length * 8)) {
      const complete = length === size;
      const found = tryParse(await readExactly(file, 0, length), syntaxGuess, complete);
      if (found)
        return {
          ...found,
          byteLength:
            found.transferSyntax === transferSyntaxes.deflated ? found.dataSet.byteArray.length : size,
        };
    }
  } finally {
    await file.close();
  }
}

/** `length` bytes from `offset` of what `readPart10` numbered: the file itself, or its inflated form. */
export async function readBytes(
  path: string,
  part10: Pick<Part10, 'transferSyntax'>,
  offset: number,
  length: number,
): Promise<Buffer> {
  if (part10.transferSyntax === transferSyntaxes.deflated) {
    const { dataSet } = await readPart10(path);
    return Buffer.from(dataSet.byteArray.buffer, dataSet.byteArray.byteOffset + offset, length);
  }
  const file = await open(path, 'r');
  try {
    return await readExactly(file, offset, length);
  } finally {
    await file.close();
  }
}

async function readExactly(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  if (bytesRead !== length) throw new BrokenDicomError('The file ended while it was read. Copy it again.');
  return buffer;
}

/** Undefined for Part 10; for a bare data set (no preamble) the transfer syntax that its first element shows. */
async function recognise(file: FileHandle, size: number): Promise<string | undefined> {
  if (size < 16) throw new NotDicomError('too short');
  const start = await readExactly(file, 0, Math.min(size, 132));
  if (start.length === 132 && start.toString('latin1', 128, 132) === 'DICM') return undefined;
  // A bare data set begins with group 0008, low elements first.
  if (start.readUInt16LE(0) !== 0x0008 || start.readUInt16LE(2) > 0x0018)
    throw new NotDicomError('no DICM mark');
  return /^[A-Z]{2}$/.test(start.toString('latin1', 4, 6))
    ? transferSyntaxes.explicitLittleEndian
    : transferSyntaxes.implicitLittleEndian;
}

function tryParse(
  bytes: Buffer,
  syntaxGuess: string | undefined,
  complete: boolean,
): Omit<Part10, 'byteLength'> | null {
  let dataSet: DataSet;
  try {
    dataSet = dicomParser.parseDicom(respellOffsetTables(bytes), {
      untilTag: pixelData,
      inflater: (whole: Uint8Array, position: number) =>
        Buffer.concat([whole.subarray(0, position), inflateRawSync(whole.subarray(position))]),
      ...(syntaxGuess === undefined ? {} : { TransferSyntaxUID: syntaxGuess }),
    });
  } catch (error) {
    if (!complete) return null;
    throw new BrokenDicomError(`It cannot be read: ${parserMessage(error)}. Copy or export it again.`);
  }
  const transferSyntax = syntaxGuess ?? dataSet.string('x00020010') ?? transferSyntaxes.implicitLittleEndian;
  if (dataSet.elements[pixelData]) {
    // A deflated file that was cut still inflates in part; the pixel data's length is checked by who reads the frames.
    return { dataSet, transferSyntax };
  }
  if (!complete) return null;
  const end = Math.max(
    0,
    ...Object.values(dataSet.elements).map(element => element.dataOffset + element.length),
  );
  if (end > dataSet.byteArray.length) {
    throw new BrokenDicomError(
      `It is cut off: ${end - dataSet.byteArray.length} bytes are missing. Copy or export it again.`,
    );
  }
  return { dataSet, transferSyntax };
}

/**
 * The parser knows no VR OV and loses its way behind one. The two elements of that kind that occur, the Extended Offset Table and
 * its lengths (7FE0,0001 and 0002), stand just before the pixel data; as OB they have the same layout.
 */
function respellOffsetTables(bytes: Buffer): Buffer {
  for (const element of [1, 2]) {
    const position = bytes.indexOf(Buffer.from([0xe0, 0x7f, element, 0x00, 0x4f, 0x56]));
    if (position >= 0) bytes.write('OB', position + 4, 'latin1');
  }
  return bytes;
}

/** The parser throws strings, errors, and objects that wrap either. */
function parserMessage(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (thrown instanceof Error) return thrown.message;
  if (typeof thrown === 'object' && thrown !== null && 'exception' in thrown)
    return parserMessage(thrown.exception);
  return 'unknown fault';
}
