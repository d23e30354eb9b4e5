import { hostText } from '../../extension/src/text';
import type { ModeServices } from './host-types';
import { segmentationPanelOf } from './segmentation-panel';

/** Id of the extension's panel: the extension's id is its package's name. */
const spaPanel = '@spa-ohif/extension.panelModule.spa';

/** Long enough to be read by who has just opened a study, in ms. */
const NOTICE = 60_000;

/** The panels on the right. A viewer that has no panel of segmentations with tools goes without, and its user is told. */
export function rightPanels({
  toolbarService,
  uiNotificationService,
}: Pick<ModeServices, 'toolbarService' | 'uiNotificationService'>): readonly string[] {
  const segmentations = segmentationPanelOf(toolbarService);
  if (segmentations !== undefined) return [spaPanel, segmentations.panel];
  uiNotificationService?.show({ ...hostText.viewerTooOld, type: 'error', duration: NOTICE });
  return [spaPanel];
}
