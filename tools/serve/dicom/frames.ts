import type { DataSet } from 'dicom-parser';
import { readFragments, type Span } from './fragments';
import { bytesOf } from './json-model';
import { BrokenDicomError, readBytes, transferSyntaxes, type Part10 } from './part10';

/** Where the frames of a file lie and how they leave: compressed ones as they are, native ones in little endian. */
export type PixelLayout =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'encapsulated';
      readonly frames: readonly (readonly Span[])[];
      readonly transferSyntax: string;
    }
  | {
      readonly kind: 'native';
      readonly offset: number;
      readonly frameCount: number;
      /** Bits, because frames of one bit a pixel need not end on a byte. */
      readonly frameBits: number;
      readonly swapBytes: boolean;
      /** Of the file, which decides how its bytes are read; the frames themselves leave as Explicit VR Little Endian. */
      readonly fileTransferSyntax: string;
    };

/** @throws BrokenDicomError when the pixel data are shorter than the attributes say. */
export async function locateFrames(path: string, part10: Part10): Promise<PixelLayout> {
  const { dataSet, transferSyntax, byteLength } = part10;
  const element = dataSet.elements['x7fe00010'];
  if (!element) return { kind: 'none' };
  const frameCount = Math.max(1, dataSet.intString('x00280008') ?? 1);
  if (element.hadUndefinedLength) {
    const frames = await readFragments(path, element.dataOffset, frameCount, extendedOffsets(dataSet));
    return { kind: 'encapsulated', frames, transferSyntax };
  }
  const frameBits = bitsPerFrame(dataSet);
  const needed = Math.ceil((frameBits * frameCount) / 8);
  const missing = Math.max(
    element.dataOffset + Math.max(needed, element.length) - byteLength,
    needed - element.length,
  );
  if (missing > 0)
    throw new BrokenDicomError(
      `It is cut off: ${missing} bytes of pixel data are missing. Copy or export it again.`,
    );
  return {
    kind: 'native',
    offset: element.dataOffset,
    frameCount,
    frameBits,
    swapBytes: transferSyntax === transferSyntaxes.explicitBigEndian && dataSet.uint16('x00280100') === 16,
    fileTransferSyntax: transferSyntax,
  };
}

/** Rows x Columns x Samples per Pixel x Bits Allocated; YBR_FULL_422 shares its colour between two pixels. */
function bitsPerFrame(dataSet: DataSet): number {
  const rows = dataSet.uint16('x00280010');
  const columns = dataSet.uint16('x00280011');
  const bits = dataSet.uint16('x00280100');
  if (!rows || !columns || !bits)
    throw new BrokenDicomError('It has pixel data but no Rows, Columns or Bits Allocated. Export it again.');
  const subsampled = dataSet.string('x00280004') === 'YBR_FULL_422';
  const samples = subsampled ? 2 : (dataSet.uint16('x00280002') ?? 1);
  return rows * columns * samples * bits;
}

function extendedOffsets(dataSet: DataSet): number[] {
  const element = dataSet.elements['x7fe00001'];
  if (!element) return [];
  const bytes = Buffer.from(bytesOf(dataSet, element));
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) =>
    Number(bytes.readBigUInt64LE(index * 8)),
  );
}

export interface Frame {
  readonly bytes: Buffer;
  readonly transferSyntax: string;
}

export function frameCountOf(layout: PixelLayout): number {
  if (layout.kind === 'none') return 0;
  return layout.kind === 'native' ? layout.frameCount : layout.frames.length;
}

/** Frame `index` (from 0), or null where there is none. */
export async function readFrame(path: string, layout: PixelLayout, index: number): Promise<Frame | null> {
  if (layout.kind === 'none' || index < 0 || index >= frameCountOf(layout)) return null;
  if (layout.kind === 'encapsulated') {
    const parts: Buffer[] = [];
    for (const span of layout.frames[index] ?? [])
      parts.push(await readBytes(path, layout, span.offset, span.length));
    return { bytes: Buffer.concat(parts), transferSyntax: layout.transferSyntax };
  }
  const firstBit = layout.frameBits * index;
  const firstByte = Math.floor(firstBit / 8);
  const lastByte = Math.ceil((firstBit + layout.frameBits) / 8);
  const source = { transferSyntax: layout.fileTransferSyntax };
  const raw = await readBytes(path, source, layout.offset + firstByte, lastByte - firstByte);
  const bytes = alignBits(raw, firstBit % 8, layout.frameBits);
  return {
    bytes: layout.swapBytes ? bytes.swap16() : bytes,
    transferSyntax: transferSyntaxes.explicitLittleEndian,
  };
}

/** Moves a frame of one-bit pixels to the start of its first byte (PS3.5 8.1.1 packs frames without gaps, lowest bit first). */
function alignBits(raw: Buffer, shift: number, bits: number): Buffer {
  if (shift === 0) return raw;
  const aligned = Buffer.alloc(Math.ceil(bits / 8));
  for (let index = 0; index < aligned.length; index++) {
    aligned[index] = (((raw[index] ?? 0) >> shift) | ((raw[index + 1] ?? 0) << (8 - shift))) & 0xff;
  }
  return aligned;
}
