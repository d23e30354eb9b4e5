import type { Viewport, VoiRange } from './cornerstone-types';
import { windowShown } from './stack';

/**
 * Next viewports tell of a labelmap that comes into them as if its labels were the window of the images, and the viewer then says so ("W: 2
 * L: 0"). What the images are shown with is told again. Returns what is to be called with every window that a viewport is said to have.
 */
export function windowCorrection(): (viewport: Viewport, told: VoiRange) => void {
  const due = new Set<string>();
  return (viewport, told) => {
    if (viewport.type !== 'planarNext') return;
    const displaySet = viewport.getSourceDataId?.();
    const shown = windowShown(viewport);
    if (displaySet === undefined || shown === undefined || due.has(viewport.id)) return;
    if (shown.lower === told.lower && shown.upper === told.upper) return;
    due.add(viewport.id);
    // Afterwards, and once: listeners of the viewer that come after this one have yet to hear the wrong one.
    queueMicrotask(() => {
      due.delete(viewport.id);
      viewport.setDisplaySetPresentation?.(displaySet, { voiRange: shown });
    });
  };
}
