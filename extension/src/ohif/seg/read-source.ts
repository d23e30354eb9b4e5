import { SpaError } from '../../core/error';
import type { Segmentation } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import type { Instance } from '../slice/read-functional-group';
import { frameNumberOf, imageGeometry, imagePlane } from '../slice/image-geometry';
import { readSegments } from './read-segments';
import {
  studyKeywords,
  type LabelledSlice,
  type SegmentationSource,
  type StudyAttributes,
} from './segmentation-source';
import { withThickness } from './slice-thickness';
import { reasons } from '../../text';

/**
 * Everything that a SEG object needs, from the viewer. The place of every labelmap is read from the very image to which it belongs: the
 * host's own exporter goes by positions in a sorted list and puts masks on other slices where the series is sorted otherwise.
 * @throws SpaError `export-failed`, `segmentation-lost`
 */
export function readSource(
  host: Host,
  viewportId: string,
  segmentation: Segmentation,
  software: string,
): SegmentationSource {
  const { metaData } = host.cornerstone;
  const slices: LabelledSlice[] = [];
  let first: Instance | null = null;
  let frameOfReferenceUid: string | null = null;
  for (const labelmapImageId of segmentation.representationData.Labelmap?.imageIds ?? []) {
    const labelmap = host.labelmaps.image(labelmapImageId);
    if (labelmap === undefined) throw new SpaError('segmentation-lost');
    const imageId = labelmap.referencedImageId;
    if (imageId === undefined) throw new SpaError('export-failed', { reason: reasons.belongsToNoImage });
    const instance = metaData.get('instance', imageId) as Instance | undefined;
    if (instance === undefined) throw new SpaError('export-failed', { reason: reasons.withoutAttributes });
    first ??= instance;
    const plane = imagePlane(host, imageId);
    frameOfReferenceUid ??= plane.frameOfReferenceUID ?? text(instance['FrameOfReferenceUID']);
    slices.push({
      sopClassUid: text(instance['SOPClassUID']) ?? '',
      sopInstanceUid: text(instance['SOPInstanceUID']) ?? '',
      frameNumber: frameNumberOf(imageId, instance),
      geometry: imageGeometry(host, imageId, plane),
      rows: labelmap.rows,
      columns: labelmap.columns,
      labels: labelsOf(labelmap.voxelManager?.getScalarData() ?? labelmap.getPixelData()),
    });
  }
  if (first === null) throw new SpaError('export-empty');
  return {
    study: studyOf(first),
    seriesInstanceUid: text(first['SeriesInstanceUID']) ?? '',
    frameOfReferenceUid,
    lossy: text(first['LossyImageCompression']) === '01',
    slices: withThickness(slices),
    segments: readSegments(host, viewportId, segmentation),
    description: segmentation.label,
    softwareVersion: software,
  };
}

function labelsOf(values: ArrayLike<number>): Uint8Array | Uint16Array {
  return values instanceof Uint8Array || values instanceof Uint16Array ? values : Uint16Array.from(values);
}

function studyOf(instance: Instance): StudyAttributes {
  return Object.fromEntries(
    studyKeywords.flatMap(keyword => {
      const value = text(instance[keyword]);
      return value === null ? [] : [[keyword, value]];
    }),
  );
}

/** Text of an attribute: a plain value, the first of several, or a person's name in its parts. */
function text(value: unknown): string | null {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return text(value[0]);
  if (typeof value !== 'object' || value === null) return null;
  const { Alphabetic, Ideographic, Phonetic } = value as Readonly<Record<string, unknown>>;
  const groups = [Alphabetic, Ideographic, Phonetic].map(group => (typeof group === 'string' ? group : ''));
  const name = groups.join('=').replace(/=+$/, '');
  return name === '' ? null : name;
}
