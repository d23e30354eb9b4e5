import type { SegmentationService } from '../../../extension/src/ohif/host/host-types';
import type { FakeSegmentations } from './segmentations';

/** The viewer's own service, over the segmentations that there are. */
export function segmentationService(segmentations: FakeSegmentations): SegmentationService {
  return {
    EVENTS: {
      SEGMENTATION_MODIFIED: 'segmentation modified',
      SEGMENTATION_DATA_MODIFIED: 'segmentation data modified',
    },
    subscribe: (event, listener) => {
      const { listeners, labelListeners } = segmentations;
      const told = event === 'segmentation modified' ? listeners : labelListeners;
      told.add(listener);
      return { unsubscribe: () => void told.delete(listener) };
    },
    getSegmentation: id => segmentations.get(id),
    getSegmentations: () => [...segmentations.values()],
    getSegmentationRepresentations: () => segmentations.representations,
    getActiveSegmentation: () => segmentations.active(),
    addOrUpdateSegmentation: ({ segmentationId, representation, config }) => {
      segmentations.set(segmentationId, {
        segmentationId,
        label: config.label,
        segments: config.segments,
        representationData: { Labelmap: representation.data },
      });
    },
    addSegmentationRepresentation: async (_, { segmentationId }) => segmentations.represent(segmentationId),
    getSegmentColor: () => [1, 2, 3, 255],
  };
}
