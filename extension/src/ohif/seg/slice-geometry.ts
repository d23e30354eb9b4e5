import type { SliceGeometry } from './segmentation-source';

/** Attributes of an image, or of an item of a sequence, by DICOM keyword, as the host's metadata provider gives them. */
export type Instance = Readonly<Record<string, unknown>>;

/** The host's image plane module. */
export interface ImagePlane {
  readonly imagePositionPatient?: ArrayLike<number> | null;
  readonly imageOrientationPatient?: ArrayLike<number> | null;
  readonly rowPixelSpacing?: number | null;
  readonly columnPixelSpacing?: number | null;
  readonly sliceThickness?: number | null;
  readonly frameOfReferenceUID?: string | null;
  /** Something of it is the host's invention. */
  readonly usingDefaultValues?: boolean;
}

/**
 * Where an image lies, or a frame of it, numbered from 1. Null where it does not say so: the provider invents a position, for frames one
 * millimetre apart, and a spacing.
 */
export function geometryOf(
  plane: ImagePlane,
  instance: Instance,
  frameNumber: number | null,
): SliceGeometry | null {
  const position = Array.from(plane.imagePositionPatient ?? []);
  const orientation = Array.from(plane.imageOrientationPatient ?? []);
  const { rowPixelSpacing, columnPixelSpacing } = plane;
  const placed =
    plane.usingDefaultValues !== true &&
    (frameNumber === null
      ? instance['ImagePositionPatient'] !== undefined
      : isFramePlaced(instance, frameNumber));
  if (
    !placed ||
    position.length !== 3 ||
    orientation.length !== 6 ||
    !rowPixelSpacing ||
    !columnPixelSpacing
  ) {
    return null;
  }
  const [x = 0, y = 0, z = 0] = position;
  const thickness = Number(plane.sliceThickness ?? instance['SliceThickness']);
  return {
    position: [x, y, z],
    orientation,
    pixelSpacing: [rowPixelSpacing, columnPixelSpacing],
    sliceThickness: thickness > 0 ? thickness : null,
  };
}

/**
 * Whether an object of several frames says where one of them lies: in its functional groups (PS3.3 C.7.6.16.2.3), or as tomographic nuclear
 * medicine does, by the position of the first frame and the distance between slices (PS3.3 C.8.4). The host counts each frame there as a slice
 * further on, which is wrong of the second cardiac phase. Objects that have one position for all frames (RT Dose) do not.
 */
function isFramePlaced(instance: Instance, frameNumber: number): boolean {
  const perFrame = itemsOf(instance['PerFrameFunctionalGroupsSequence'])[frameNumber - 1];
  const [shared] = itemsOf(instance['SharedFunctionalGroupsSequence']);
  if ([perFrame, shared].some(groups => itemsOf(groups?.['PlanePositionSequence']).length > 0)) return true;
  const [detector] = itemsOf(instance['DetectorInformationSequence']);
  const slices = [instance['SliceVector'] ?? []].flat();
  return (
    detector?.['ImagePositionPatient'] !== undefined &&
    Number(instance['SpacingBetweenSlices']) !== 0 &&
    Number.isFinite(Number(instance['SpacingBetweenSlices'])) &&
    Number(slices[frameNumber - 1]) === frameNumber
  );
}

/** The host gives a sequence as a list, or as its one item. */
function itemsOf(sequence: unknown): readonly Instance[] {
  return [sequence ?? []].flat() as Instance[];
}
