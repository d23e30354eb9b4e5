import type { ModeServices } from './host-types';

/** The viewer's own panel of segmentations, and the section of the toolbar that it shows above them. */
export interface SegmentationPanel {
  readonly panel: string;
  readonly toolbox: string;
}

/** By what the viewer calls its toolbox: the name changed with 3.12, when that of contours came beside it. Newest first. */
const panels: readonly {
  readonly section: 'labelMapSegmentationToolbox' | 'segmentationToolbox';
  readonly panel: string;
}[] = [
  { section: 'labelMapSegmentationToolbox', panel: 'panelSegmentationWithToolsLabelMap' },
  { section: 'segmentationToolbox', panel: 'panelSegmentationWithTools' },
];

/** @returns undefined in a viewer before 3.11, which has no such panel: a mode that asks for it there shows a black page */
export function segmentationPanelOf({
  sections = {},
}: Pick<ModeServices['toolbarService'], 'sections'>): SegmentationPanel | undefined {
  for (const { section, panel } of panels) {
    const toolbox = sections[section];
    if (toolbox !== undefined) return { panel: `@ohif/extension-cornerstone.panelModule.${panel}`, toolbox };
  }
  return undefined;
}
