import { groupedBy } from '../../core/grouped-by';
import type { SegmentationSource } from './segmentation-source';

/**
 * An object's frames all have one size, while the host shows single images of several sizes (photographs, stills of ultrasound) as one stack: a
 * source for each size on which something is drawn, the first of the stack first; the source itself where that is one or nothing.
 */
export function splitBySize(source: SegmentationSource): readonly SegmentationSource[] {
  const sizes = groupedBy(source.slices, ({ rows, columns }) => `${rows} x ${columns}`);
  if (sizes.size < 2) return [source];
  const drawn = [...sizes.values()].filter(slices =>
    slices.some(({ labels }) => labels.some(label => label !== 0)),
  );
  return drawn.length === 0 ? [source] : drawn.map(slices => ({ ...source, slices }));
}
