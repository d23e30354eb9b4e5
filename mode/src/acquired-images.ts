import type { AddedDisplaySet, DisplaySets } from './host-types';

/**
 * Has the viewer show every series that is opened as the images that were acquired. One of several echoes, b-values or moments it would show as
 * a volume that changes, in which no image can be segmented. The display sets are told of before the viewer lays them out. Returns the function
 * that ends it.
 */
export function showAcquiredImages(displaySetService: DisplaySets): () => void {
  const added = displaySetService.EVENTS['DISPLAY_SETS_ADDED'];
  if (added === undefined) return () => undefined;
  const subscription = displaySetService.subscribe(added, event => {
    const { displaySetsAdded = [] } = event as { readonly displaySetsAdded?: readonly AddedDisplaySet[] };
    for (const displaySet of displaySetsAdded) {
      if (displaySet.isDynamicVolume === true) displaySet.isDynamicVolume = false;
    }
  });
  return () => subscription.unsubscribe();
}
