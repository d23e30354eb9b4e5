import { describe, expect, it, jest } from '@jest/globals';
import { rightPanels } from '../../mode/src/right-panels';

describe('the panels on the right', () => {
  it('are ours and the viewer’s panel of segmentations', () => {
    const show = jest.fn();
    const toolbarService = { sections: { labelMapSegmentationToolbox: 'labelMapSegmentationToolbox' } };
    expect(rightPanels({ toolbarService, uiNotificationService: { show } })).toEqual([
      '@spa-ohif/extension.panelModule.spa',
      '@ohif/extension-cornerstone.panelModule.panelSegmentationWithToolsLabelMap',
    ]);
    expect(show).not.toHaveBeenCalled();
  });

  it('are ours and what the panel of segmentations is called in viewer 3.11', () => {
    const show = jest.fn();
    const toolbarService = { sections: { segmentationToolbox: 'segmentationToolbox' } };
    expect(rightPanels({ toolbarService, uiNotificationService: { show } })).toEqual([
      '@spa-ohif/extension.panelModule.spa',
      '@ohif/extension-cornerstone.panelModule.panelSegmentationWithTools',
    ]);
    expect(show).not.toHaveBeenCalled();
  });

  it('are ours alone in a viewer before 3.11, which would show a black page, and its user is told what to do', () => {
    const show = jest.fn();
    const toolbarService = { sections: { primary: 'primary' } };
    expect(rightPanels({ toolbarService, uiNotificationService: { show } })).toEqual([
      '@spa-ohif/extension.panelModule.spa',
    ]);
    expect(show).toHaveBeenCalledWith(
      expect.objectContaining({ type: 'error', message: expect.stringMatching(/3\.11 or newer.*update/) }),
    );
  });
});
