import { open, type FileHandle } from 'node:fs/promises';
import { BrokenDicomError } from './part10';

/** A stretch of the file. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

const item = 0xfffee000;
const delimiter = 0xfffee0dd;

/**
 * The fragments of encapsulated pixel data (PS3.5 A.4), grouped by frame. Reads only the item headers.
 *
 * @param start Where the value of Pixel Data begins: at the Basic Offset Table's item.
 * @param extendedOffsets Values of Extended Offset Table (7FE0,0001), or empty.
 * @throws BrokenDicomError when the file ends within the pixel data or the frames cannot be told apart.
 */
export async function readFragments(
  path: string,
  start: number,
  frameCount: number,
  extendedOffsets: readonly number[],
): Promise<Span[][]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const [table, ...fragments] = await walkItems(file, start, size);
    if (!table || fragments.length === 0) throw new BrokenDicomError('Its pixel data are empty.');
    return await groupByFrame(file, table, fragments, frameCount, extendedOffsets);
  } finally {
    await file.close();
  }
}

async function walkItems(file: FileHandle, start: number, size: number): Promise<Span[]> {
  const spans: Span[] = [];
  const header = Buffer.alloc(8);
  for (let position = start; ;) {
    const { bytesRead } = await file.read(header, 0, 8, position);
    // Some writers leave the sequence delimiter away at the very end of the file.
    if (bytesRead === 0 && position === size && spans.length > 1) return spans;
    if (bytesRead < 8)
      throw new BrokenDicomError('It is cut off within its pixel data. Copy or export it again.');
    const tag = header.readUInt16LE(0) * 0x10000 + header.readUInt16LE(2);
    const length = header.readUInt32LE(4);
    if (tag === delimiter) return spans;
    if (tag !== item) throw new BrokenDicomError('Its pixel data are not made of items. Export it again.');
    if (position + 8 + length > size) {
      throw new BrokenDicomError(
        `It is cut off: ${position + 8 + length - size} bytes of pixel data are missing. Copy or export it again.`,
      );
    }
    spans.push({ offset: position + 8, length });
    position += 8 + length;
  }
}

async function groupByFrame(
  file: FileHandle,
  table: Span,
  fragments: Span[],
  frameCount: number,
  extendedOffsets: readonly number[],
): Promise<Span[][]> {
  if (frameCount === 1) return [fragments];
  if (fragments.length === frameCount) return fragments.map(fragment => [fragment]);
  const origin = table.offset + table.length;
  const offsets =
    extendedOffsets.length === frameCount ? extendedOffsets : await readBasicOffsets(file, table);
  const starts =
    offsets.length === frameCount
      ? new Set(offsets.map(offset => origin + offset + 8))
      : await findCodestreamStarts(file, fragments);
  const frames: Span[][] = [];
  for (const fragment of fragments) {
    if (starts.has(fragment.offset) || frames.length === 0) frames.push([]);
    frames.at(-1)?.push(fragment);
  }
  if (frames.length !== frameCount) {
    throw new BrokenDicomError(
      `It says ${frameCount} frames, and its ${fragments.length} fragments cannot be assigned to them. Export it again with an offset table.`,
    );
  }
  return frames;
}

/** Basic Offset Table: 32 bit each, relative to the first fragment's item. */
async function readBasicOffsets(file: FileHandle, table: Span): Promise<number[]> {
  const bytes = Buffer.alloc(table.length);
  await file.read(bytes, 0, table.length, table.offset);
  return Array.from({ length: Math.floor(table.length / 4) }, (_, index) => bytes.readUInt32LE(index * 4));
}

/** Without a table: a fragment that begins with the start marker of JPEG (FFD8) or JPEG 2000 (FF4F) begins a frame. */
async function findCodestreamStarts(file: FileHandle, fragments: readonly Span[]): Promise<Set<number>> {
  const starts = new Set<number>();
  const marker = Buffer.alloc(2);
  for (const { offset } of fragments) {
    await file.read(marker, 0, 2, offset);
    if (marker[0] === 0xff && (marker[1] === 0xd8 || marker[1] === 0x4f)) starts.add(offset);
  }
  return starts;
}
