import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { frameCountOf, locateFrames, readFrame, type Frame } from '../../../tools/serve/dicom/frames';
import { BrokenDicomError, readPart10 } from '../../../tools/serve/dicom/part10';
import {
  ctImage,
  dicomFile,
  element,
  fragments,
  syntax,
  temporaryFolder,
  us,
  type FixtureElement,
  type FixtureOptions,
} from '../dicom-fixture';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await temporaryFolder()));
afterAll(() => remove());

async function framesOf(
  extra: readonly FixtureElement[],
  options: FixtureOptions = {},
  cut = 0,
): Promise<Frame[]> {
  const file = path.join(folder, 'one.dcm');
  const bytes = dicomFile(ctImage({ sop: '1.2.3', extra }), options);
  await writeFile(file, bytes.subarray(0, bytes.length - cut));
  const layout = await locateFrames(file, await readPart10(file));
  const frames: Frame[] = [];
  for (let index = 0; index < frameCountOf(layout); index++) {
    const frame = await readFrame(file, layout, index);
    if (frame) frames.push(frame);
  }
  expect(await readFrame(file, layout, frames.length)).toBeNull();
  return frames;
}

const bytesOf = (frames: readonly Frame[]) => frames.map(frame => frame.bytes.toString('hex'));
const jpeg = (...rest: number[]) => Buffer.from([0xff, 0xd8, ...rest]);
const twoFrames = element('00280008', 'IS', '2');

describe('Frames', () => {
  it('of native pixel data are the bytes of the file', async () => {
    const [frame] = await framesOf([]);
    expect(frame?.bytes).toEqual(us(1, 2, 3, 4, 5, 6));
    expect(frame?.transferSyntax).toBe(syntax.explicit);
  });

  it.each([
    ['implicit VR', syntax.implicit],
    ['a deflated file', syntax.deflated],
  ])('of %s leave as Explicit VR Little Endian', async (_, transferSyntax) => {
    const [frame] = await framesOf([], { transferSyntax });
    expect(frame?.bytes).toEqual(us(1, 2, 3, 4, 5, 6));
    expect(frame?.transferSyntax).toBe(syntax.explicit);
  });

  it('of a bare data set without a preamble are found', async () => {
    for (const transferSyntax of [syntax.explicit, syntax.implicit]) {
      expect(bytesOf(await framesOf([], { transferSyntax, preamble: false }))).toEqual([
        us(1, 2, 3, 4, 5, 6).toString('hex'),
      ]);
    }
  });

  it('of big endian data leave with their bytes swapped', async () => {
    const swapped = (value: Buffer) => Buffer.from(value).swap16();
    const extra = ctImage({ sop: '1.2.3' })
      .filter(({ vr }) => vr === 'US' || vr === 'OW')
      .map(({ tag, vr, value }) => element(tag, vr, swapped(value as Buffer)));
    const [frame] = await framesOf(extra, { transferSyntax: syntax.bigEndian });
    expect(frame).toEqual({ bytes: us(1, 2, 3, 4, 5, 6), transferSyntax: syntax.explicit });
  });

  it('of a native multi-frame file are cut where one ends', async () => {
    const frames = await framesOf([
      twoFrames,
      element('7FE00010', 'OW', us(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)),
    ]);
    expect(frames.map(frame => frame.bytes)).toEqual([us(1, 2, 3, 4, 5, 6), us(7, 8, 9, 10, 11, 12)]);
  });

  it('of one bit a pixel begin on a byte of their own', async () => {
    // Two frames of 2 x 3 pixels: 101010 and 110011, packed lowest bit first into 12 bits.
    const packed = Buffer.from([0b11010101, 0b00001100]);
    const frames = await framesOf([
      twoFrames,
      element('00280100', 'US', us(1)),
      element('7FE00010', 'OB', packed),
    ]);
    expect(frames.map(frame => (frame.bytes[0] ?? 0) & 0b111111)).toEqual([0b010101, 0b110011]);
  });

  it('of compressed pixel data are passed on as they are, fragments joined', async () => {
    const [frame] = await framesOf([fragments(Buffer.alloc(0), Buffer.from('abcd'), Buffer.from('ef'))], {
      transferSyntax: syntax.jpeg2000,
    });
    expect(frame?.bytes.toString()).toBe('abcdef');
    expect(frame?.transferSyntax).toBe(syntax.jpeg2000);
  });

  it('of a compressed multi-frame file are told apart one fragment each', async () => {
    const frames = await framesOf(
      [twoFrames, fragments(Buffer.alloc(0), Buffer.from('ab'), Buffer.from('cd'))],
      {
        transferSyntax: syntax.rle,
      },
    );
    expect(frames.map(frame => frame.bytes.toString())).toEqual(['ab', 'cd']);
  });

  it('are told apart by the offset table', async () => {
    const table = Buffer.alloc(8);
    table.writeUInt32LE(20, 4);
    const pixels = fragments(table, Buffer.from('ab'), Buffer.from('cd'), Buffer.from('ef'));
    const frames = await framesOf([twoFrames, pixels], { transferSyntax: syntax.jpeg2000 });
    expect(frames.map(frame => frame.bytes.toString())).toEqual(['abcd', 'ef']);
  });

  it('are told apart by the extended offset table', async () => {
    const table = Buffer.alloc(16);
    table.writeBigUInt64LE(20n, 8);
    const pixels = fragments(Buffer.alloc(0), Buffer.from('ab'), Buffer.from('cd'), Buffer.from('ef'));
    const frames = await framesOf([twoFrames, element('7FE00001', 'OV', table), pixels], {
      transferSyntax: syntax.jpeg2000,
    });
    expect(frames.map(frame => frame.bytes.toString())).toEqual(['abcd', 'ef']);
  });

  it('are told apart by the start marker where there is no table', async () => {
    const pixels = fragments(Buffer.alloc(0), jpeg(1, 2), Buffer.from([3, 4]), jpeg(5, 6));
    const frames = await framesOf([twoFrames, pixels], { transferSyntax: syntax.jpeg2000 });
    expect(bytesOf(frames)).toEqual(['ffd801020304', 'ffd80506']);
  });

  it('that cannot be told apart are a broken file', async () => {
    const pixels = fragments(Buffer.alloc(0), Buffer.from('ab'), Buffer.from('cd'), Buffer.from('ef'));
    await expect(framesOf([twoFrames, pixels], { transferSyntax: syntax.rle })).rejects.toThrow(
      /2 frames, and its 3 fragments/,
    );
  });

  it.each([
    ['native', [], syntax.explicit],
    ['compressed', [fragments(Buffer.alloc(0), Buffer.alloc(64))], syntax.jpeg2000],
  ])('of %s data that are cut off are a broken file', async (_, extra, transferSyntax) => {
    await expect(framesOf(extra, { transferSyntax }, 10)).rejects.toThrow(BrokenDicomError);
  });

  it('shorter than the attributes say are a broken file', async () => {
    await expect(framesOf([element('7FE00010', 'OW', us(1, 2))])).rejects.toThrow(
      /8 bytes of pixel data are missing/,
    );
  });
});
