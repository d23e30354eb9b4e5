import { meaning } from '../../../extension/src/core/image/colours';
import type { Crop } from '../../../extension/src/core/image/crop';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import type { Slice } from '../../../extension/src/core/image/slice';
import { renderThumbnail, thumbnailCrop } from '../../../extension/src/core/image/thumbnail';
import { emptyMask } from './empty-mask';

const slice: Slice = {
  key: 'grey',
  width: 60,
  height: 40,
  channels: 1,
  values: new Uint8Array(2400).fill(128),
  spacing: { x: 1, y: 2, unit: 'mm' },
  window: { lower: 0, upper: 255 },
  inverted: false,
  modality: 'CT',
};

function rectangle(left: number, top: number, right: number, bottom: number): Mask {
  const pixels = Uint8Array.from({ length: 2400 }, (_, i) => {
    const x = i % 60;
    const y = Math.floor(i / 60);
    return x >= left && x <= right && y >= top && y <= bottom ? 1 : 0;
  });
  return encodeMask(pixels, 60, 40);
}

const recommended = rectangle(20, 10, 39, 19);
const wider = rectangle(20, 10, 49, 19);
const crop: Crop = { centre: { x: 29.5, y: 14.5 }, side: 60 };
const size = 120;

/** The colour at a slice pixel: the crop shows 60 x 30 slice pixels on 120 x 120. */
function colourAt(rgba: Uint8ClampedArray, x: number, y: number): number[] {
  const u = Math.round(((x - 29.5) / 60 + 0.5) * size - 0.5);
  const v = Math.round((((y - 14.5) * 2) / 60 + 0.5) * size - 0.5);
  return Array.from(rgba.slice(4 * (v * size + u), 4 * (v * size + u) + 3));
}

const isGrey = ([r, g, b]: number[]) => r === g && g === b;
const blend = (colour: readonly number[], share: number) =>
  colour.map(c => Math.round(128 * (1 - share) + c * share));

describe('a thumbnail', () => {
  it('fills the recommended mask and outlines it', () => {
    const rgba = renderThumbnail({ slice, crop, size, recommended, candidate: null, colours: meaning });
    expect(rgba).toHaveLength(size * size * 4);
    expect(colourAt(rgba, 30, 15)).toEqual(blend(meaning.recommended, 0.45));
    expect(isGrey(colourAt(rgba, 50, 15))).toBe(true);
    expect(isGrey(colourAt(rgba, 30, 5))).toBe(true);
    expect(colourAt(rgba, 39.2, 15)).toEqual([...meaning.recommended]);
  });

  it('shows what a candidate adds, and leaves what both have grey', () => {
    const rgba = renderThumbnail({ slice, crop, size, recommended, candidate: wider, colours: meaning });
    expect(colourAt(rgba, 45, 15)).toEqual(blend(meaning.adds, 0.6));
    expect(isGrey(colourAt(rgba, 30, 15))).toBe(true);
    expect(colourAt(rgba, 49.2, 15).every(value => value > 240)).toBe(true);
  });

  it('shows what a candidate removes', () => {
    const rgba = renderThumbnail({
      slice,
      crop,
      size,
      recommended: wider,
      candidate: recommended,
      colours: meaning,
    });
    expect(colourAt(rgba, 45, 15)).toEqual(blend(meaning.removes, 0.6));
  });

  it('takes the colours it is given', () => {
    const colours = {
      recommended: [0, 0, 0],
      adds: [0, 255, 0],
      removes: [255, 0, 0],
    } as const;
    const rgba = renderThumbnail({ slice, crop, size, recommended, candidate: wider, colours });
    expect(colourAt(rgba, 45, 15)).toEqual(blend([0, 255, 0], 0.6));
  });

  it('is opaque everywhere, outside the image as well', () => {
    const rgba = renderThumbnail({
      slice,
      crop: { centre: { x: 0, y: 0 }, side: 60 },
      size: 30,
      recommended,
      candidate: null,
      colours: meaning,
    });
    for (let i = 3; i < rgba.length; i += 4) expect(rgba[i]).toBe(255);
    expect(Array.from(rgba.slice(0, 3))).toEqual([0, 0, 0]);
  });
});

describe('the display crop', () => {
  it('holds all masks with room around them', () => {
    const tight = thumbnailCrop([recommended, wider], slice, crop);
    expect(tight.centre).toEqual({ x: 34.5, y: 14.5 });
    expect(tight.side).toBeGreaterThan(30);
    expect(tight.side).toBeLessThan(50);
  });

  it('does not enlarge a tiny mask into a few blurred squares', () => {
    expect(thumbnailCrop([rectangle(5, 5, 5, 5)], slice, crop).side).toBe(24);
  });

  it('falls back on the given one where there is nothing to show', () => {
    expect(thumbnailCrop([emptyMask(60, 40)], slice, crop)).toBe(crop);
  });
});
