import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readDataset } from '../../tools/evaluate/read-dataset';
import { UsageError } from '../../tools/usage-error';
import { npzFile, type PlainArray } from './npz-file';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spa-dataset-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(arrays: Readonly<Record<string, PlainArray>>): string {
  const name = path.join(
    folder,
    `${Math.abs(JSON.stringify(arrays).length)}-${Object.keys(arrays).join('-')}.npz`,
  );
  writeFileSync(name, npzFile(arrays));
  return name;
}

/** Two images of 4 x 2 pixels. */
const image: PlainArray = { shape: [2, 2, 4], data: Uint8Array.from({ length: 16 }, (_, i) => i) };
/** One reader, who drew nothing on either. */
const masks: PlainArray = { shape: [2, 1], data: new Uint8Array(2) };

describe('reading a data set', () => {
  it('unpacks the masks of several readers', async () => {
    const dataset = await readDataset(
      file({
        image,
        masks_packed: { shape: [2, 2], data: Uint8Array.from([0b10000000, 0b11110000, 0b00000001, 0]) },
        patient: { shape: [2], data: ['p1', 'p1'] },
      }),
    );
    expect(dataset).toMatchObject({ width: 4, height: 2 });
    const [first, second] = dataset.images;
    expect([...(first?.pixels ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(first?.structures[0]?.readers.map(mask => [...mask])).toEqual([
      [1, 0, 0, 0, 0, 0, 0, 0],
      [1, 1, 1, 1, 0, 0, 0, 0],
    ]);
    expect(second?.structures[0]?.readers.map(mask => [...mask])).toEqual([
      [0, 0, 0, 0, 0, 0, 0, 1],
      [0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect(second?.patient).toBe('p1');
  });

  it('tells which images the same readers drew, and takes all for theirs where the file does not say', async () => {
    const told = await readDataset(
      file({ image, masks_packed: masks, readers: { shape: [2], data: Uint8Array.from([3, 4]) } }),
    );
    expect(told.images.map(each => each.group)).toEqual([3, 4]);
    const untold = await readDataset(file({ image, masks_packed: masks }));
    expect(untold.images.map(each => each.group)).toEqual([0, 0]);
  });

  it.each<[string, PlainArray['data'], readonly number[]]>([
    ['names, by their last digits', ['s3/12.png', 'slice-07'], [12, 7]],
    ['numbers', Uint8Array.from([12, 7]), [12, 7]],
  ])('tells which images lie next to each other from %s', async (_what, slices, numbers) => {
    const { images } = await readDataset(
      file({
        image,
        masks_packed: masks,
        nodule: { shape: [2], data: ['n0', 'n1'] },
        slice: { shape: [2], data: slices },
      }),
      true,
    );
    expect(images.map(each => each.sliceNumber)).toEqual(numbers);
    expect(images.map(each => each.nodule)).toEqual(['n0', 'n1']);
  });

  it('knows of no image what lies next to it where the file does not say', async () => {
    const { images } = await readDataset(file({ image, masks_packed: masks }), true);
    expect(images.map(each => each.sliceNumber)).toEqual([null, null]);
    expect(images.map(each => each.nodule)).toEqual(['', '']);
  });

  it('does not mind what else the file says of its slices where nobody asks what lies next to them', async () => {
    const slice = { shape: [2], data: ['top', 'bottom'] };
    const { images } = await readDataset(file({ image, masks_packed: masks, slice }));
    expect(images.map(each => each.sliceNumber)).toEqual([null, null]);
  });

  it('reads images in colour', async () => {
    const colour = { shape: [2, 2, 4, 3], data: Uint8Array.from({ length: 48 }, (_, i) => i) };
    const { images } = await readDataset(file({ image: colour, masks_packed: masks }));
    expect(images.map(each => [each.channels, each.pixels[0], each.pixels.length])).toEqual([
      [3, 0, 24],
      [3, 24, 24],
    ]);
  });

  it('reads masks whose last byte is not full', async () => {
    const small = { shape: [1, 3, 3], data: new Uint8Array(9) };
    const packed = { shape: [1, 3], data: Uint8Array.from([0b10000000, 0b01000000, 0]) };
    const { images } = await readDataset(file({ image: small, masks_packed: packed }));
    expect(images[0]?.structures[0]?.readers.map(mask => [...mask])).toEqual([
      [1, 0, 0, 0, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  it('knows patients by their numbers, too, and takes a single number of readers for what the masks say', async () => {
    const { images } = await readDataset(
      file({
        image,
        masks_packed: masks,
        patient: { shape: [2], data: Uint8Array.from([7, 8]) },
        readers: { shape: [], data: Uint8Array.from([1]) },
      }),
    );
    expect(images.map(({ patient, group }) => [patient, group])).toEqual([
      ['7', 0],
      ['8', 0],
    ]);
  });

  it('takes each label as a structure of its own', async () => {
    const label = Uint8Array.from([0, 2, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    const dataset = await readDataset(
      file({ image, label: { shape: [2, 2, 4], data: label }, name: { shape: [2], data: ['a', 'b'] } }),
    );
    expect(
      dataset.images[0]?.structures.map(({ label: value, readers }) => [
        value,
        readers.map(mask => [...mask]),
      ]),
    ).toEqual([
      [1, [[0, 0, 0, 0, 1, 0, 0, 0]]],
      [2, [[0, 1, 1, 0, 0, 0, 0, 0]]],
    ]);
    expect(dataset.images[1]?.structures).toEqual([]);
    expect(dataset.images.map(each => each.patient)).toEqual(['a', 'b']);
  });

  it.each<[string, () => string, RegExp]>([
    ['is missing', () => path.join(folder, 'nowhere.npz'), /cannot be read.*--data/],
    [
      'is no npz',
      () => {
        const name = path.join(folder, 'text.npz');
        writeFileSync(name, 'not a zip');
        return name;
      },
      /not a readable .npz/,
    ],
    ['has no masks', () => file({ image }), /no array 'label'.*Expected are/s],
    [
      'has masks of another size',
      () => file({ image, masks_packed: { shape: [3, 2], data: new Uint8Array(6) } }),
      /masks_packed.*does not go with 2 images of 8 pixels/,
    ],
    [
      'has labels of another size',
      () => file({ image, label: { shape: [2, 4, 2], data: new Uint8Array(16) } }),
      /label.*\[2, 4, 2\]/,
    ],
    [
      'numbers the readers of other images',
      () => file({ image, masks_packed: masks, readers: { shape: [3], data: new Uint8Array(3) } }),
      /'readers' has 3 entries for 2 images/,
    ],
    [
      'names the nodules of other images',
      () => file({ image, masks_packed: masks, nodule: { shape: [1], data: ['n0'] } }),
      /'nodule' has 1 entries for 2 images/,
    ],
    [
      'numbers the slices of other images',
      () => file({ image, masks_packed: masks, slice: { shape: [3], data: ['1', '2', '3'] } }),
      /'slice' has 3 entries for 2 images/,
    ],
    [
      'names a slice without a number',
      () => file({ image, masks_packed: masks, slice: { shape: [2], data: ['s-1.png', 'top.png'] } }),
      /The entry 'top.png' of the array 'slice' holds no whole number/,
    ],
    [
      'holds no image',
      () => file({ image: { shape: [0, 2, 4], data: new Uint8Array(0) } }),
      /holds no images/,
    ],
    [
      'has images of another kind',
      () => file({ image: { shape: [1, 2, 4, 2], data: new Uint8Array(16) } }),
      /image.*\[1, 2, 4, 2\]/,
    ],
  ])('tells what to do with a file that %s', async (_what, name, words) => {
    const reading = readDataset(name(), true);
    await expect(reading).rejects.toBeInstanceOf(UsageError);
    await expect(reading).rejects.toThrow(words);
  });
});
