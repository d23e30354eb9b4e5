import type { Presentation, Viewport, VoiRange } from './cornerstone-types';

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
  return presentationOf(viewport)?.voiRange ?? undefined;
}

/** Whether the images in a stack are shown with low values bright; undefined where the viewport does not tell. */
export function isShownInverted(viewport: Viewport): boolean | undefined {
  return presentationOf(viewport)?.invert;
}

function presentationOf(viewport: Viewport): Presentation | undefined {
  if (viewport.getProperties !== undefined) return viewport.getProperties();
  const displaySet = viewport.getSourceDataId?.();
  return displaySet === undefined ? undefined : viewport.getDisplaySetPresentation?.(displaySet);
}
