import type { Viewport, VoiRange } from './cornerstone-types';

/**
 * Whether a viewport shows images as they were acquired, one by one. Labelmaps of a single image, which the overlays are, render on no other.
 * The host's next viewports ("planarNext", opt-in from 3.13 on) show stacks as well as volumes, and tell which by their mode.
 */
export function showsStack(viewport: Viewport): boolean {
  return (
    viewport.type === 'stack' || (viewport.type === 'planarNext' && viewport.getCurrentMode?.() === 'stack')
  );
}

/** The window of the images in a stack, in modality units; undefined where the viewport has none of its own. */
export function windowShown(viewport: Viewport): VoiRange | undefined {
  if (viewport.getProperties !== undefined) return viewport.getProperties()?.voiRange ?? undefined;
  const displaySet = viewport.getSourceDataId?.();
  if (displaySet === undefined) return undefined;
  return viewport.getDisplaySetPresentation?.(displaySet)?.voiRange ?? undefined;
}
