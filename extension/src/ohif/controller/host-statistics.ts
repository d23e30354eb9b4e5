import type { Services } from '../host/host-types';

/** The host's switch for the statistics of its segmentation panel. */
const DISABLE_STATISTICS = 'panelSegmentation.disableUpdateSegmentationStats';

/**
 * A second after every change the host copies the labelmaps of the whole series to compute statistics of the segments: this holds up the
 * page for 1 to 4 ms an image, seconds on a long series, after every mask that is accepted. So they are off while the mode is on, unless the
 * deployment says otherwise.
 */
export function switchOffStatistics({ customizationService }: Pick<Services, 'customizationService'>): void {
  if (customizationService.getCustomization(DISABLE_STATISTICS) !== undefined) return;
  customizationService.setCustomizations({ [DISABLE_STATISTICS]: { $set: true } });
}
