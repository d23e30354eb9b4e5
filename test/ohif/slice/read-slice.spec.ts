import { expect, it } from '@jest/globals';
import type {
  Cornerstone,
  CornerstoneImage,
  Viewport,
} from '../../../extension/src/ohif/host/cornerstone-types';
import { readSlice } from '../../../extension/src/ohif/slice/read-slice';
import type { PixelArray } from '../../../extension/src/core/image/slice';

interface Shown {
  readonly values?: PixelArray;
  readonly image?: Partial<CornerstoneImage>;
  readonly photometricInterpretation?: string;
  readonly modality?: string;
  readonly instance?: object;
  readonly plane?: object;
  readonly voiRange?: { lower: number; upper: number };
  readonly type?: string;
  readonly imageId?: string | null;
}

/** A viewport of a 3 x 2 image (three columns) and the host that holds it. */
function shown({ values = new Int16Array([1, 2, 3, 4, 5, 6]), ...rest }: Shown): [Cornerstone, Viewport] {
  const image: CornerstoneImage = {
    imageId: 'image',
    rows: 2,
    columns: 3,
    sizeInBytes: 12,
    voxelManager: { getScalarData: () => values },
    getPixelData: () => values,
    ...rest.image,
  };
  const modules: Record<string, object | undefined> = {
    imagePixelModule: { photometricInterpretation: rest.photometricInterpretation ?? 'MONOCHROME2' },
    generalSeriesModule: { modality: rest.modality ?? 'CT' },
    instance: rest.instance,
    imagePlaneModule: rest.plane ?? { rowPixelSpacing: 0.5, columnPixelSpacing: 0.25 },
  };
  const cornerstone = {
    cache: { getImage: (id: string) => (id === 'image' ? image : undefined) },
    metaData: { get: (type: string) => modules[type] },
  } as unknown as Cornerstone;
  const viewport = {
    type: rest.type ?? 'stack',
    getCurrentImageId: () => (rest.imageId === undefined ? 'image' : rest.imageId),
    getProperties: () => (rest.voiRange === undefined ? {} : { voiRange: rest.voiRange }),
  } as unknown as Viewport;
  return [cornerstone, viewport];
}

it('gives the values in modality units with the window of the viewport', () => {
  expect(readSlice(...shown({ voiRange: { lower: -160, upper: 240 } }))).toEqual({
    key: 'image|-160|240',
    width: 3,
    height: 2,
    channels: 1,
    values: new Int16Array([1, 2, 3, 4, 5, 6]),
    spacing: { x: 0.25, y: 0.5, unit: 'mm' },
    window: { lower: -160, upper: 240 },
    inverted: false,
    modality: 'CT',
  });
});

it('is another picture with another window', () => {
  const one = readSlice(...shown({ voiRange: { lower: 0, upper: 10 } }));
  const other = readSlice(...shown({ voiRange: { lower: 0, upper: 20 } }));
  expect(one.key).not.toBe(other.key);
});

it('rescales stored values where the host did not', () => {
  const image = { slope: 2, intercept: -1024 };
  expect([...readSlice(...shown({ image })).values]).toEqual([-1022, -1020, -1018, -1016, -1014, -1012]);
});

it.each([{ preScale: { scaled: true } }, { isPreScaled: true }])('does not rescale twice: %j', scaled => {
  const image = { slope: 2, intercept: -1024, ...scaled };
  expect([...readSlice(...shown({ image })).values]).toEqual([1, 2, 3, 4, 5, 6]);
});

it('takes the window of the image, then one that suits the modality, where the viewport has none', () => {
  expect(readSlice(...shown({ image: { windowCenter: [40, 0], windowWidth: [400, 1] } })).window).toEqual({
    lower: -160,
    upper: 240,
  });
  expect(readSlice(...shown({ modality: 'CT' })).window).toEqual({ lower: -160, upper: 240 });
  expect(readSlice(...shown({ modality: 'MR' })).window).toEqual({ lower: 1, upper: 6 });
});

it('knows that high values of MONOCHROME1 show dark', () => {
  expect(readSlice(...shown({ photometricInterpretation: 'MONOCHROME1' })).inverted).toBe(true);
});

it('reads colour, with or without a fourth channel, as three', () => {
  const rgb = Uint8Array.from({ length: 18 }, (_, i) => i);
  const rgba = Uint8Array.from([
    0, 1, 2, 255, 3, 4, 5, 255, 6, 7, 8, 255, 9, 10, 11, 255, 12, 13, 14, 255, 15, 16, 17, 255,
  ]);
  for (const values of [rgb, rgba]) {
    const slice = readSlice(...shown({ values, photometricInterpretation: 'RGB' }));
    expect(slice.channels).toBe(3);
    expect([...slice.values]).toEqual([...rgb]);
    expect(slice.window).toEqual({ lower: 0, upper: 255 });
  }
});

it('reads palette colour as the host expands it, and refuses it unexpanded', () => {
  const values = new Uint8Array(24);
  expect(readSlice(...shown({ values, photometricInterpretation: 'PALETTE COLOR' })).channels).toBe(3);
  expect(() => readSlice(...shown({ photometricInterpretation: 'PALETTE COLOR' }))).toThrow(/palette/);
});

it.each([
  {},
  { rowPixelSpacing: 1, columnPixelSpacing: 1, usingDefaultValues: true },
  { rowPixelSpacing: null },
])('counts in pixels where the spacing is unknown: %j', plane => {
  expect(readSlice(...shown({ plane })).spacing).toEqual({ x: 1, y: 1, unit: 'px' });
});

it('measures a radiograph, which has a pixel spacing but no position in the patient', () => {
  const plane = { rowPixelSpacing: 1, columnPixelSpacing: 1, usingDefaultValues: true };
  const instance = { PixelSpacing: [0.5, '0.25'] };
  expect(readSlice(...shown({ plane, instance })).spacing).toEqual({ x: 0.25, y: 0.5, unit: 'mm' });
});

it('reads what a next viewport shows as a stack, with the window of its display set', () => {
  const [cornerstone, viewport] = shown({ type: 'planarNext' });
  const next: Viewport = {
    ...viewport,
    getCurrentMode: () => 'stack',
    getSourceDataId: () => 'series',
    getDisplaySetPresentation: id => (id === 'series' ? { voiRange: { lower: -5, upper: 5 } } : undefined),
  };
  delete next.getProperties;
  expect(readSlice(cornerstone, next).window).toEqual({ lower: -5, upper: 5 });
  const volume: Viewport = { ...next, getCurrentMode: () => 'volume' };
  expect(() => readSlice(cornerstone, volume)).toThrow(
    expect.objectContaining({ code: 'plane-unsupported' }),
  );
});

it.each([
  ['no-image', { imageId: null }],
  ['plane-unsupported', { type: 'orthographic' }],
  ['pixels-unreadable', { imageId: 'not loaded yet' }],
] as const)('refuses with %s', (code, what) => {
  expect(() => readSlice(...shown(what))).toThrow(expect.objectContaining({ code }));
});

it('refuses where there is no viewport at all', () => {
  const [cornerstone] = shown({});
  expect(() => readSlice(cornerstone, null)).toThrow(expect.objectContaining({ code: 'no-image' }));
});
