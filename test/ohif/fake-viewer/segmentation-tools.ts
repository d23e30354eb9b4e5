import type {
  CornerstoneTools,
  SegmentationStyles,
} from '../../../extension/src/ohif/host/cornerstone-types';
import type { FakeSegmentations } from './segmentations';

/** Cornerstone's library, over the same segmentations as the viewer's service. `draw` has the host draw a frame. */
export function segmentationTools(
  segmentations: FakeSegmentations,
  draw: () => void,
): CornerstoneTools['segmentation'] {
  const segmentationStyle = stylesOf(segmentations);
  return {
    addSegmentations: added => {
      for (const { segmentationId, representation, config } of added) {
        segmentations.layersMade++;
        segmentations.displaySets.set(segmentationId, {
          displaySetInstanceUID: segmentationId,
          madeInClient: true,
        });
        segmentations.set(segmentationId, {
          segmentationId,
          ...config,
          representationData: { Labelmap: representation.data },
        });
      }
    },
    addSegmentationRepresentations: (_, added) =>
      added.forEach(({ segmentationId }) => segmentations.represent(segmentationId)),
    removeSegmentationRepresentations: (_, { segmentationId }) => {
      segmentations.representations = segmentations.representations.filter(
        each => each.segmentationId !== segmentationId,
      );
    },
    updateSegmentations: updates => {
      for (const { segmentationId, payload } of updates) {
        const present = segmentations.get(segmentationId);
        if (present) segmentations.set(segmentationId, { ...present, ...payload });
      }
    },
    activeSegmentation: {
      getActiveSegmentation: () => segmentations.active(),
      setActiveSegmentation: (_, id) => {
        for (const each of segmentations.representations) each.active = each.segmentationId === id;
      },
    },
    config: {
      color: { addColorLUT: () => segmentations.colourTables++ },
      style: {
        ...segmentationStyle,
        setStyle: (specifier, style) => {
          segmentationStyle.setStyle(specifier, style);
          draw();
        },
      },
    },
    segmentationStyle,
    state: {
      getSegmentation: id => segmentations.get(id),
      getSegmentationRepresentations: () => segmentations.representations,
      getColorLUT: index => (index < segmentations.colourTables ? [] : undefined),
      removeSegmentation: id => segmentations.remove(id),
    },
    triggerSegmentationEvents: {
      triggerSegmentationDataModified: id => {
        segmentations.dataModified.push(id);
        for (const listener of segmentations.labelListeners) listener({ segmentationId: id });
      },
    },
    segmentLocking: {
      isSegmentIndexLocked: (id, index) => segmentations.locked.has(`${id} ${index}`),
    },
  };
}

function stylesOf({ styles }: FakeSegmentations): SegmentationStyles {
  return {
    setStyle: ({ segmentationId }, style) => void styles.set(segmentationId, style),
    clearSegmentationStyle: id => void styles.delete(id),
    getRenderInactiveSegmentations: () => true,
    setRenderInactiveSegmentations: () => undefined,
  };
}
