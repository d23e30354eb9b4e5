import { expect, it, jest } from '@jest/globals';
import type { Viewport } from '../../../extension/src/ohif/host/cornerstone-types';
import { windowCorrection } from '../../../extension/src/ohif/host/told-window';

const lung = { lower: -1350, upper: 150 };
const labels = { lower: -1, upper: 1 };

function viewportWith(set: jest.Mock, more: Partial<Viewport> = {}): Viewport {
  return {
    id: 'viewport',
    type: 'planarNext',
    getSourceDataId: () => 'series',
    getDisplaySetPresentation: (id: string) => (id === 'series' ? { voiRange: lung } : { voiRange: labels }),
    setDisplaySetPresentation: set,
    ...more,
  } as unknown as Viewport;
}

it('tells the window of the images again, afterwards and once, where those of labelmaps were told', async () => {
  const set = jest.fn();
  const told = windowCorrection();
  const viewport = viewportWith(set);
  told(viewport, labels);
  told(viewport, labels);
  expect(set).not.toHaveBeenCalled();
  await Promise.resolve();
  expect(set.mock.calls).toEqual([['series', { voiRange: lung }]]);
  told(viewport, labels);
  await Promise.resolve();
  expect(set).toHaveBeenCalledTimes(2);
});

it('leaves alone what is right, and viewports of another kind', async () => {
  const set = jest.fn();
  const told = windowCorrection();
  told(viewportWith(set), { ...lung });
  told(viewportWith(set, { type: 'stack', getProperties: () => ({ voiRange: lung }) }), labels);
  told(viewportWith(set, { getSourceDataId: () => undefined }), labels);
  // A volume viewport that has no volume yet.
  told(viewportWith(set, { type: 'orthographic', getProperties: () => undefined }), labels);
  await Promise.resolve();
  expect(set).not.toHaveBeenCalled();
});
