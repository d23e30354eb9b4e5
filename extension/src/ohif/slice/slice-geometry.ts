import { functionalGroup, itemsOf, type Instance } from './read-functional-group';
import { normalOf } from './along-normal';

/** Where an image lies; DICOM attributes by name, in the patient's coordinate system and mm. */
export interface SliceGeometry {
  /** ImagePositionPatient (0020,0032). */
  readonly position: readonly [number, number, number];
  /** ImageOrientationPatient (0020,0037). */
  readonly orientation: readonly number[];
  /** PixelSpacing (0028,0030): between rows, between columns. */
  readonly pixelSpacing: readonly [number, number];
  /** SliceThickness (0018,0050); null if the images do not say. */
  readonly sliceThickness: number | null;
}

/** The host's image plane module. */
export interface ImagePlane {
  readonly imagePositionPatient?: ArrayLike<number> | null;
  readonly imageOrientationPatient?: ArrayLike<number> | null;
  readonly rowPixelSpacing?: number | null;
  readonly columnPixelSpacing?: number | null;
  readonly sliceThickness?: number | null;
  /** Not from the host. */
  readonly spacingBetweenSlices?: number | null;
  readonly frameOfReferenceUID?: string | null;
  /** Something of it is the host's invention. */
  readonly usingDefaultValues?: boolean;
}

/**
 * Where an image lies, or a frame of it, numbered from 1; `firstFrame` is the instance as the host gives it for frame 1. Null where it does not
 * say so: the provider invents a position, for frames one millimetre apart, and a spacing.
 */
export function geometryOf(
  plane: ImagePlane,
  instance: Instance,
  frameNumber: number | null,
  firstFrame: Instance = instance,
): SliceGeometry | null {
  const inGroups = groupsPlane(instance, frameNumber ?? 1);
  if (inGroups !== null) return geometryIn(inGroups, instance);
  const inDose = frameNumber === null ? null : dosePlane(plane, firstFrame, frameNumber);
  if (inDose !== null) return geometryIn(inDose, instance);
  const placed =
    plane.usingDefaultValues !== true &&
    (frameNumber === null
      ? instance['ImagePositionPatient'] !== undefined
      : isTomographicSlice(instance, frameNumber));
  return placed ? geometryIn(plane, instance) : null;
}

function geometryIn(plane: ImagePlane, instance: Instance): SliceGeometry | null {
  const position = Array.from(plane.imagePositionPatient ?? []);
  const orientation = Array.from(plane.imageOrientationPatient ?? []);
  const { rowPixelSpacing, columnPixelSpacing } = plane;
  if (position.length !== 3 || orientation.length !== 6 || !rowPixelSpacing || !columnPixelSpacing)
    return null;
  const [x = 0, y = 0, z = 0] = position;
  return {
    position: [x, y, z],
    orientation,
    pixelSpacing: [rowPixelSpacing, columnPixelSpacing],
    // Where an image does not say how thick it is, it reaches as far as to the next one.
    sliceThickness: firstLength(
      plane.sliceThickness,
      instance['SliceThickness'],
      plane.spacingBetweenSlices,
      instance['SpacingBetweenSlices'],
    ),
  };
}

/** The first that is a length; null where none is. */
function firstLength(...values: readonly unknown[]): number | null {
  return values.map(value => Math.abs(Number(value ?? 0))).find(value => value > 0) ?? null;
}

/** What the functional groups of an enhanced object say of a frame; null where they do not place it. */
function groupsPlane(instance: Instance, frameNumber: number): ImagePlane | null {
  const position = functionalGroup(instance, 'PlanePositionSequence', frameNumber);
  if (position === undefined) return null;
  const orientation = functionalGroup(instance, 'PlaneOrientationSequence', frameNumber);
  const measures = functionalGroup(instance, 'PixelMeasuresSequence', frameNumber);
  const [rowPixelSpacing = null, columnPixelSpacing = null] = numbers(measures?.['PixelSpacing']);
  return {
    imagePositionPatient: numbers(position['ImagePositionPatient']),
    imageOrientationPatient: numbers(orientation?.['ImageOrientationPatient']),
    rowPixelSpacing,
    columnPixelSpacing,
    sliceThickness: numbers(measures?.['SliceThickness'])[0] ?? null,
    spacingBetweenSlices: numbers(measures?.['SpacingBetweenSlices'])[0] ?? null,
  };
}

/**
 * A frame of a dose lies by its offset (PS3.3 C.8.8.3.2): along the normal from the first frame where that has the offset 0, else by itself the
 * z coordinate of a transverse plane. Hosts give all frames the place of the first, and later ones may not: the place of frame 1 holds in both.
 */
function dosePlane(plane: ImagePlane, firstFrame: Instance, frameNumber: number): ImagePlane | null {
  const offsets = numbers(firstFrame['GridFrameOffsetVector']);
  const [first] = offsets;
  const offset = offsets[frameNumber - 1];
  const [x, y, z] = numbers(firstFrame['ImagePositionPatient']);
  const orientation = numbers(firstFrame['ImageOrientationPatient']);
  if (first === undefined || offset === undefined || plane.usingDefaultValues === true) return null;
  if (x === undefined || y === undefined || z === undefined || orientation.length !== 6) return null;
  const isTransverse = Math.abs(orientation[0] ?? 0) === 1 && orientation[0] === orientation[4];
  if (first !== 0 && !(isTransverse && first === z)) return null;
  const along = offset - first;
  const [a, b, c] = normalOf(orientation);
  return {
    ...plane,
    imagePositionPatient: [x + along * a, y + along * b, z + along * c],
    imageOrientationPatient: orientation,
  };
}

function numbers(values: unknown): readonly number[] {
  return [values ?? []].flat().map(Number);
}

/**
 * Whether a frame is a slice of tomographic nuclear medicine, which lies by the position of the first one and the distance between them (PS3.3
 * C.8.4). The host counts each frame as a slice further on, which is wrong of the second cardiac phase. Views of detectors do not say where they
 * lie.
 */
function isTomographicSlice(instance: Instance, frameNumber: number): boolean {
  const [detector] = itemsOf(instance['DetectorInformationSequence']);
  const spacing = Number(instance['SpacingBetweenSlices']);
  return (
    detector?.['ImagePositionPatient'] !== undefined &&
    Number.isFinite(spacing) &&
    spacing !== 0 &&
    numbers(instance['SliceVector'])[frameNumber - 1] === frameNumber
  );
}
