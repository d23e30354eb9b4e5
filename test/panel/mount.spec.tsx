/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { act } from '@testing-library/react';

import { mountPanel } from '../../extension/src/panel/mount';
import { canvasGives, fakeStore, idle, proposing } from './fake-store';

afterEach(() => jest.restoreAllMocks());

test('shows every snapshot of the store, and leaves nothing behind', () => {
  canvasGives(null);
  const element = document.createElement('div');
  const store = fakeStore(idle);
  let unmount = (): void => undefined;
  act(() => {
    unmount = mountPanel(element, store);
  });
  expect(element.querySelector('[data-cy=spa-status]')?.getAttribute('data-state')).toBe('idle');

  act(() => store.show(proposing));
  expect(element.querySelector('[data-cy=spa-status]')?.getAttribute('data-state')).toBe('proposing');

  act(() => unmount());
  expect(element.innerHTML).toBe('');
  expect(store.listeners.size).toBe(0);
});

test('leaves no listener on an element that the host may keep', () => {
  canvasGives(null);
  const element = document.createElement('div');
  const listening = jest.spyOn(element, 'addEventListener');
  let unmount = (): void => undefined;
  act(() => {
    unmount = mountPanel(element, fakeStore(idle));
  });
  act(() => unmount());
  expect(listening).not.toHaveBeenCalled();
  expect(element.childNodes).toHaveLength(0);
});
