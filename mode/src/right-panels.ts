import { hostText } from '../../extension/src/text';
import type { ModeServices } from './host-types';

/** Id of the extension's panel: the extension's id is its package's name. */
const spaPanel = '@spa-ohif/extension.panelModule.spa';
const segmentations = '@ohif/extension-cornerstone.panelModule.panelSegmentationWithToolsLabelMap';

/** Long enough to be read by who has just opened a study, in ms. */
const NOTICE = 60_000;

/**
 * The panels on the right. A viewer before 3.12 has neither the panel of segmentations nor the section of its toolbox, and shows a black page
 * where a mode asks for a panel that is not there: it goes without, and its user is told.
 */
export function rightPanels({
  toolbarService,
  uiNotificationService,
}: Pick<ModeServices, 'toolbarService' | 'uiNotificationService'>): readonly string[] {
  if (toolbarService.sections?.labelMapSegmentationToolbox !== undefined) return [spaPanel, segmentations];
  uiNotificationService?.show({ ...hostText.viewerTooOld, type: 'error', duration: NOTICE });
  return [spaPanel];
}
