import { groupedBy } from '../../core/grouped-by';
import type { SegmentationSource } from './segmentation-source';

/**
 * An object's frames all have one size, and a place in space all or none, while the host shows single images of several sizes (photographs, stills
 * of ultrasound) as one stack, and a page of text among slices: a source for each kind on which something is drawn, the first of the stack first;
 * the source itself where that is one or nothing.
 */
export function splitForObjects(source: SegmentationSource): readonly SegmentationSource[] {
  const kinds = groupedBy(
    source.slices,
    ({ rows, columns, geometry }) => `${rows} x ${columns} ${geometry === null ? 'somewhere' : 'placed'}`,
  );
  if (kinds.size < 2) return [source];
  const drawn = [...kinds.values()].filter(slices =>
    slices.some(({ labels }) => labels.some(label => label !== 0)),
  );
  return drawn.length === 0 ? [source] : drawn.map(slices => ({ ...source, slices }));
}
