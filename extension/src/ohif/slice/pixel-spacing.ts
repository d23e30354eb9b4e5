import type { Slice } from '../../core/image/slice';
import { functionalGroup, type Instance } from './read-functional-group';

/** What the host's image plane module says of the distance between pixels. */
export interface PlaneSpacing {
  readonly rowPixelSpacing?: number | null;
  readonly columnPixelSpacing?: number | null;
  readonly usingDefaultValues?: boolean;
}

/** Attributes of the image itself by DICOM keyword. */
export type SpacingAttributes = Instance & {
  readonly PixelSpacing?: readonly (number | string)[];
  readonly ImagerPixelSpacing?: readonly (number | string)[];
  readonly EstimatedRadiographicMagnificationFactor?: number | string;
  readonly SequenceOfUltrasoundRegions?: UltrasoundRegion | readonly UltrasoundRegion[];
};

/** An item of Sequence of Ultrasound Regions (0018,6011). */
interface UltrasoundRegion {
  readonly RegionSpatialFormat?: number;
  readonly PhysicalUnitsXDirection?: number;
  readonly PhysicalUnitsYDirection?: number;
  readonly PhysicalDeltaX?: number;
  readonly PhysicalDeltaY?: number;
}

type Spacing = Slice['spacing'];

/** Region Spatial Format (0018,6012): two-dimensional tissue or flow. */
const TWO_DIMENSIONAL = 1;
/** Physical Units X and Y Direction (0018,6024 and 6026): cm. */
const CENTIMETRES = 3;

/**
 * The distance between pixels in the patient, in mm; in pixels where the image does not tell it. The host fills the whole image plane with
 * defaults where a position or orientation is missing, as on radiographs and ultrasound: these are then asked themselves.
 */
export function spacingOf(plane: PlaneSpacing | undefined, image: SpacingAttributes | undefined): Spacing {
  const known =
    plane?.usingDefaultValues === true
      ? (ofPixels(image) ?? ofDetector(image) ?? ofRegions(image))
      : millimetres(plane?.columnPixelSpacing, plane?.rowPixelSpacing);
  return known ?? { x: 1, y: 1, unit: 'px' };
}

/** Pixel Spacing (0028,0030), between rows, between columns; in an enhanced object of a single frame among its Pixel Measures. */
function ofPixels(image: SpacingAttributes | undefined): Spacing | null {
  const measures: Pick<SpacingAttributes, 'PixelSpacing'> | undefined =
    image === undefined ? undefined : functionalGroup(image, 'PixelMeasuresSequence', 1);
  const [rows, columns] = image?.PixelSpacing ?? measures?.PixelSpacing ?? [];
  return millimetres(columns, rows);
}

/**
 * Imager Pixel Spacing (0018,1164) is measured at the detector, where all structures are larger than they are: in the patient only where the
 * image says by how much, in Estimated Radiographic Magnification Factor (0018,1114), as mammograms do.
 */
function ofDetector(image: SpacingAttributes | undefined): Spacing | null {
  const [rows, columns] = image?.ImagerPixelSpacing ?? [];
  const magnification = Number(image?.EstimatedRadiographicMagnificationFactor);
  return millimetres(Number(columns) / magnification, Number(rows) / magnification);
}

/** Where all regions of an ultrasound image are pictures of one scale; a spectrum beside the picture has axes of its own. */
function ofRegions(image: SpacingAttributes | undefined): Spacing | null {
  const regions = [image?.SequenceOfUltrasoundRegions ?? []].flat();
  const [first] = regions;
  const alike = regions.every(
    region =>
      region.RegionSpatialFormat === TWO_DIMENSIONAL &&
      region.PhysicalUnitsXDirection === CENTIMETRES &&
      region.PhysicalUnitsYDirection === CENTIMETRES &&
      region.PhysicalDeltaX === first?.PhysicalDeltaX &&
      region.PhysicalDeltaY === first?.PhysicalDeltaY,
  );
  if (first === undefined || !alike) return null;
  // The sign tells which way the axis runs.
  return millimetres(
    10 * Math.abs(Number(first.PhysicalDeltaX)),
    10 * Math.abs(Number(first.PhysicalDeltaY)),
  );
}

function millimetres(
  columns: number | string | null | undefined,
  rows: number | string | null | undefined,
): Spacing | null {
  const [x, y] = [Number(columns), Number(rows)];
  return x > 0 && y > 0 && Number.isFinite(x) && Number.isFinite(y) ? { x, y, unit: 'mm' } : null;
}
