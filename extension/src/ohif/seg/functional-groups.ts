/** Functional groups of a multi-frame object (PS3.3 C.7.6.16): shared where all frames agree, else per frame; never in both. */
import { decimalString } from './decimal-string';
import type { Frame } from './frames';
import type { Item } from './dataset-item';
import type { SliceGeometry } from '../slice/slice-geometry';

const derivation = { CodeValue: '113076', CodingSchemeDesignator: 'DCM', CodeMeaning: 'Segmentation' };
const sourceImage = {
  CodeValue: '121322',
  CodingSchemeDesignator: 'DCM',
  CodeMeaning: 'Source image for image processing operation',
};

export interface FunctionalGroups {
  readonly shared: Item;
  readonly perFrame: readonly Item[];
}

export function functionalGroups(frames: readonly Frame[]): FunctionalGroups {
  const orientation = common(frames, planeOrientation);
  const measures = common(frames, pixelMeasures);
  return {
    shared: { ...orientation.shared, ...measures.shared },
    perFrame: frames.map(frame => ({
      FrameContentSequence: [{ DimensionIndexValues: [frame.segmentNumber, frame.positionIndex] }],
      ...(frame.slice.geometry === null
        ? {}
        : {
            PlanePositionSequence: [
              { ImagePositionPatient: frame.slice.geometry.position.map(decimalString) },
            ],
          }),
      ...orientation.own(frame),
      ...measures.own(frame),
      DerivationImageSequence: [
        { DerivationCodeSequence: [derivation], SourceImageSequence: [sourceOf(frame)] },
      ],
      SegmentIdentificationSequence: [{ ReferencedSegmentNumber: frame.segmentNumber }],
    })),
  };
}

function planeOrientation(geometry: SliceGeometry): Item {
  return { PlaneOrientationSequence: [{ ImageOrientationPatient: geometry.orientation.map(decimalString) }] };
}

/**
 * Complete or not at all: beside a Derivation Image the group is optional (PS3.3 A.51.5), while one without Slice Thickness counts as wrong.
 * Where nothing tells a thickness, a made-up one would be a volume that nobody measured; the spacing is in the source image.
 */
function pixelMeasures({ pixelSpacing, sliceThickness }: SliceGeometry): Item {
  if (sliceThickness === null) return {};
  const [thickness, spacing] = [decimalString(sliceThickness), pixelSpacing.map(decimalString)];
  return { PixelMeasuresSequence: [{ SliceThickness: thickness, PixelSpacing: spacing }] };
}

function sourceOf({ slice }: Frame): Item {
  return {
    ReferencedSOPClassUID: slice.sopClassUid,
    ReferencedSOPInstanceUID: slice.sopInstanceUid,
    ...(slice.frameNumber === null ? {} : { ReferencedFrameNumber: slice.frameNumber }),
    PurposeOfReferenceCodeSequence: [sourceImage],
    SpatialLocationsPreserved: 'YES',
  };
}

/** A group in the shared place if it is the same on all frames, else with each frame; nowhere where a frame has none: it is on all or on none. */
function common(
  frames: readonly Frame[],
  group: (geometry: SliceGeometry) => Item,
): { readonly shared: Item; readonly own: (frame: Frame) => Item } {
  const groupOf = ({ slice }: Frame): Item => (slice.geometry === null ? {} : group(slice.geometry));
  const [shared = {}, ...others] = new Map(
    frames.map(groupOf).map(item => [JSON.stringify(item), item]),
  ).values();
  if (others.length === 0) return { shared, own: () => ({}) };
  const isOnAll = [shared, ...others].every(item => Object.keys(item).length > 0);
  return { shared: {}, own: isOnAll ? groupOf : () => ({}) };
}
