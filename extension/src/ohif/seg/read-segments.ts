import type { Segment, Segmentation } from '../host/cornerstone-types';
import type { Host } from '../host/host';
import type { CodedConcept, SegmentDescription, SegmentMeaning } from './segmentation-source';

type Attributes = Readonly<Record<string, unknown>>;

/** The segments of a segmentation, in the host's order. */
export function readSegments(
  host: Host,
  viewportId: string,
  { segmentationId, segments }: Segmentation,
): SegmentDescription[] {
  return Object.values(segments)
    .filter(segment => segment !== null && segment !== undefined)
    .map(segment => describe(host, viewportId, segmentationId, segment));
}

function describe(
  host: Host,
  viewportId: string,
  segmentationId: string,
  segment: Segment,
): SegmentDescription {
  const [r, g, b] = host.services.segmentationService.getSegmentColor(
    viewportId,
    segmentationId,
    segment.segmentIndex,
  );
  const algorithmType = segment.algorithmType ?? segment.cachedStats?.algorithmType;
  const algorithmName = segment.algorithmName ?? segment.cachedStats?.algorithmName ?? '';
  const known = algorithmType === 'SEMIAUTOMATIC' || algorithmType === 'AUTOMATIC';
  return {
    label: segment.segmentIndex,
    name: segment.label,
    algorithmType: known && algorithmName !== '' ? algorithmType : 'MANUAL',
    algorithmName,
    meaning: meaningOf(host, segmentationId, segment.segmentIndex),
    colour: [r, g, b],
  };
}

/**
 * What the SEG object from which the host read the segmentation says of a segment. The host's segments keep no codes, but the object's display
 * set, whose id is that of the segmentation, keeps its Segment Sequence (0062,0002).
 */
function meaningOf(host: Host, segmentationId: string, segmentIndex: number): SegmentMeaning | null {
  const read = host.services.displaySetService.getDisplaySetByUID(segmentationId)?.segMetadata?.data ?? [];
  const item = read.find(each => Number(each?.['SegmentNumber']) === segmentIndex);
  const category = codeIn(item?.['SegmentedPropertyCategoryCodeSequence']);
  const type = codeIn(item?.['SegmentedPropertyTypeCodeSequence']);
  return category === null || type === null ? null : { category, type };
}

/** The code in a sequence, which the host gives as its item or as a list; null for one that cannot be copied as it stands. */
function codeIn(sequence: unknown): CodedConcept | null {
  const [item] = [sequence].flat() as (Attributes | null | undefined)[];
  const value = (keyword: string, most: number): string | null => {
    const text = item?.[keyword];
    return typeof text === 'string' && text !== '' && text.length <= most ? text : null;
  };
  const CodeValue = value('CodeValue', 16);
  const CodingSchemeDesignator = value('CodingSchemeDesignator', 16);
  const CodeMeaning = value('CodeMeaning', 64);
  return CodeValue === null || CodingSchemeDesignator === null || CodeMeaning === null
    ? null
    : { CodeValue, CodingSchemeDesignator, CodeMeaning };
}
