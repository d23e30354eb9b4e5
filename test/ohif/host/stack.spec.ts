import { expect, it } from '@jest/globals';
import type { Viewport } from '../../../extension/src/ohif/host/cornerstone-types';
import { showsStack, windowShown } from '../../../extension/src/ohif/host/stack';

const lung = { lower: -1350, upper: 150 };
const labels = { lower: -1, upper: 1 };

function nextViewport(more: Partial<Viewport> = {}): Viewport {
  return {
    type: 'planarNext',
    getCurrentMode: () => 'stack',
    getSourceDataId: () => 'series',
    getDisplaySetPresentation: (id: string) => (id === 'series' ? { voiRange: lung } : { voiRange: labels }),
    ...more,
  } as Viewport;
}

it.each([
  ['a stack', { type: 'stack' }, true],
  ['a volume', { type: 'orthographic' }, false],
  ['a next viewport that shows a stack', nextViewport(), true],
  ['a next viewport that shows a volume', nextViewport({ getCurrentMode: () => 'volume' }), false],
  ['a next viewport that tells no mode', { type: 'planarNext' }, false],
])('knows %s for what it is', (_what, viewport, stack) => {
  expect(showsStack(viewport as Viewport)).toBe(stack);
});

it('takes the window of a next viewport from its images, not from a labelmap over them', () => {
  expect(windowShown(nextViewport())).toEqual(lung);
  expect(windowShown(nextViewport({ getSourceDataId: () => undefined }))).toBeUndefined();
});

it('knows no window of a viewport that has none yet', () => {
  const stack = { type: 'stack', getProperties: () => ({ voiRange: null }) } as unknown as Viewport;
  expect(windowShown(stack)).toBeUndefined();
  expect(
    windowShown(nextViewport({ getDisplaySetPresentation: () => ({ voiRange: null }) })),
  ).toBeUndefined();
});
