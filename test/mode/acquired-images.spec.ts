import { expect, it } from '@jest/globals';
import { showAcquiredImages } from '../../mode/src/acquired-images';
import type { AddedDisplaySet, DisplaySets } from '../../mode/src/host-types';

class FakeDisplaySets implements DisplaySets {
  readonly EVENTS = { DISPLAY_SETS_ADDED: 'added' };
  private readonly listeners = new Set<(event: unknown) => void>();

  subscribe(event: string, listener: (event: unknown) => void) {
    if (event === 'added') this.listeners.add(listener);
    return { unsubscribe: () => void this.listeners.delete(listener) };
  }

  add(displaySet: AddedDisplaySet): AddedDisplaySet {
    for (const listener of this.listeners) listener({ displaySetsAdded: [displaySet] });
    return displaySet;
  }
}

it('has a series of several images at every place shown image by image', () => {
  const displaySets = new FakeDisplaySets();
  showAcquiredImages(displaySets);
  expect(displaySets.add({ isDynamicVolume: true })).toEqual({ isDynamicVolume: false });
  expect(displaySets.add({})).toEqual({});
});

it('leaves series alone once the mode is left', () => {
  const displaySets = new FakeDisplaySets();
  showAcquiredImages(displaySets)();
  expect(displaySets.add({ isDynamicVolume: true })).toEqual({ isDynamicVolume: true });
});
