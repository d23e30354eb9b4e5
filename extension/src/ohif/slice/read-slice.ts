import { SpaError } from '../../core/error';
import type { PixelArray, Slice } from '../../core/image/slice';
import type { Cornerstone, CornerstoneImage, Viewport } from '../host/cornerstone-types';
import { showsStack, windowShown } from '../host/stack';
import { spacingOf, type PlaneSpacing, type SpacingAttributes } from './pixel-spacing';
import { reasons } from '../../text';

type Window = Slice['window'];

/** CT without a window of its own: soft tissue, in HU. */
const CT_WINDOW: Window = { lower: -160, upper: 240 };

/**
 * The image that a stack viewport shows, in modality units and with the viewport's window.
 * @throws SpaError `no-image`, `plane-unsupported` (volume viewports), `pixels-unreadable`
 */
export function readSlice(cornerstone: Cornerstone, viewport: Viewport | null): Slice {
  if (viewport === null) throw new SpaError('no-image');
  if (!showsStack(viewport)) throw new SpaError('plane-unsupported');
  const imageId = viewport.getCurrentImageId();
  if (!imageId) throw new SpaError('no-image');
  const image = cornerstone.cache.getImage(imageId);
  if (image === undefined) throw new SpaError('pixels-unreadable', { reason: reasons.stillLoading });

  const { photometricInterpretation = '' } = (cornerstone.metaData.get('imagePixelModule', imageId) ??
    {}) as {
    photometricInterpretation?: string;
  };
  const { modality = '' } = (cornerstone.metaData.get('generalSeriesModule', imageId) ?? {}) as {
    modality?: string;
  };
  const pixels = readPixels(image, photometricInterpretation);
  const window =
    pixels.channels === 3 ? { lower: 0, upper: 255 } : windowOf(viewport, image, pixels, modality);
  return {
    key: `${imageId}|${window.lower}|${window.upper}`,
    width: image.columns,
    height: image.rows,
    ...pixels,
    spacing: spacingOf(
      cornerstone.metaData.get('imagePlaneModule', imageId) as PlaneSpacing | undefined,
      cornerstone.metaData.get('instance', imageId) as SpacingAttributes | undefined,
    ),
    window,
    inverted: photometricInterpretation === 'MONOCHROME1',
    modality,
  };
}

type Pixels = Pick<Slice, 'values' | 'channels'>;

function readPixels(image: CornerstoneImage, photometricInterpretation: string): Pixels {
  const stored = image.voxelManager?.getScalarData() ?? image.getPixelData();
  const count = image.rows * image.columns;
  const components = stored.length / count;
  if (components === 3) return { values: stored, channels: 3 };
  if (components === 4) return { values: withoutAlpha(stored, count), channels: 3 };
  if (components !== 1) {
    throw new SpaError('pixels-unreadable', { reason: reasons.otherPixelCount(stored.length, count) });
  }
  if (photometricInterpretation === 'PALETTE COLOR') {
    throw new SpaError('pixels-unreadable', { reason: reasons.paletteNotApplied });
  }
  return { values: rescaled(stored, image), channels: 1 };
}

function withoutAlpha(rgba: PixelArray, count: number): PixelArray {
  const rgb = new Uint8ClampedArray(count * 3);
  for (let i = 0; i < count; i++) {
    rgb[3 * i] = rgba[4 * i] as number;
    rgb[3 * i + 1] = rgba[4 * i + 1] as number;
    rgb[3 * i + 2] = rgba[4 * i + 2] as number;
  }
  return rgb;
}

/** Hosts rescale while decoding; the values of one that does not are stored values still. */
function rescaled(stored: PixelArray, image: CornerstoneImage): PixelArray {
  const slope = image.slope ?? 1;
  const intercept = image.intercept ?? 0;
  if (image.preScale?.scaled === true || image.isPreScaled === true) return stored;
  if (slope === 1 && intercept === 0) return stored;
  return Float32Array.from(stored, value => value * slope + intercept);
}

function windowOf(viewport: Viewport, image: CornerstoneImage, pixels: Pixels, modality: string): Window {
  const shown = windowShown(viewport);
  if (shown !== undefined && shown.upper > shown.lower) return { lower: shown.lower, upper: shown.upper };
  const centre = firstOf(image.windowCenter);
  const width = firstOf(image.windowWidth);
  if (centre !== undefined && width !== undefined && width > 0) {
    return { lower: centre - width / 2, upper: centre + width / 2 };
  }
  return modality === 'CT' ? CT_WINDOW : fullRange(pixels.values);
}

function firstOf(value: number | readonly number[] | undefined): number | undefined {
  return typeof value === 'number' || value === undefined ? value : value[0];
}

function fullRange(values: PixelArray): Window {
  let lower = Infinity;
  let upper = -Infinity;
  for (const value of values) {
    if (value < lower) lower = value;
    if (value > upper) upper = value;
  }
  return upper > lower ? { lower, upper } : { lower, upper: lower + 1 };
}
