/** @jest-environment jsdom */
import { jest } from '@jest/globals';

import { intentOfKey, type KeyPress, listenToKeys } from '../../extension/src/panel/keyboard';
import { fakeStore, idle, proposing } from './fake-store';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  defaultPrevented: false,
  target: document.body,
  ...more,
});

function within(html: string): Element {
  document.body.innerHTML = html;
  const inner = document.body.querySelector('[data-here]');
  if (inner === null) throw new Error('The fixture needs data-here.');
  return inner;
}

afterEach(() => {
  document.body.innerHTML = '';
});

test.each([
  [press('1'), { kind: 'choose', candidate: 0 }],
  [press('4'), { kind: 'choose', candidate: 3 }],
  [press('2', { shiftKey: true, code: 'Digit2' }), { kind: 'choose', candidate: 1 }],
  [press('&', { code: 'Digit1' }), { kind: 'choose', candidate: 0 }],
  [press('Enter'), { kind: 'accept' }],
  [press('Escape'), { kind: 'cancel' }],
  [press('z', { ctrlKey: true }), { kind: 'undo' }],
  [press('z', { metaKey: true }), { kind: 'undo' }],
  [press('y', { ctrlKey: true }), { kind: 'redo' }],
  [press('Z', { metaKey: true, shiftKey: true }), { kind: 'redo' }],
  [press('u'), { kind: 'uncertainty', visible: true }],
  [press('ArrowDown', { shiftKey: true }), { kind: 'follow', direction: 'next' }],
  [press('ArrowUp', { shiftKey: true }), { kind: 'follow', direction: 'previous' }],
])('maps key %# to its intent', (key, intent) => {
  expect(intentOfKey(key, proposing)).toEqual(intent);
});

test.each([
  press('5'),
  press('!', { shiftKey: true, code: 'Digit1' }),
  press('1', { ctrlKey: true }),
  press('1', { altKey: true }),
  press('u', { ctrlKey: true }),
  press('U', { shiftKey: true }),
  press('Enter', { shiftKey: true }),
  press('ArrowDown'),
  press('ArrowRight', { shiftKey: true }),
  press('ArrowDown', { shiftKey: true, repeat: true }),
  press('ArrowDown', { shiftKey: true, ctrlKey: true }),
  press('Enter', { repeat: true }),
  press('1', { repeat: true }),
  press('Enter', { isComposing: true }),
  press('Enter', { defaultPrevented: true }),
  press('a'),
])('leaves key %# to the host', key => {
  expect(intentOfKey(key, proposing)).toBeNull();
});

test.each([
  '<input data-here>',
  '<input type="text" data-here>',
  '<textarea data-here></textarea>',
  '<select data-here></select>',
  '<div contenteditable="true"><b data-here></b></div>',
  '<div role="dialog"><p data-here></p></div>',
  '<div role="menu"><p data-here></p></div>',
  '<div role="listbox"><div role="option" data-here></div></div>',
])('is off while the user types or answers in %s', html => {
  const target = within(html);
  for (const key of [press('1'), press('Enter'), press('Escape'), press('u'), press('z', { ctrlKey: true })])
    expect(intentOfKey({ ...key, target }, proposing)).toBeNull();
});

test('still works while the opacity slider has the focus', () => {
  const target = within('<input type="range" data-here>');
  expect(intentOfKey(press('1', { target }), proposing)).toEqual({ kind: 'choose', candidate: 0 });
});

test('leaves Enter to a focused button, which acts by itself', () => {
  const target = within('<button><span data-here></span></button>');
  expect(intentOfKey(press('Enter', { target }), proposing)).toBeNull();
  expect(intentOfKey(press('2', { target }), proposing)).toEqual({ kind: 'choose', candidate: 1 });
});

test('leaves to the host what would have no effect here', () => {
  for (const key of [press('1'), press('Enter'), press('Escape'), press('z', { ctrlKey: true })])
    expect(intentOfKey(key, idle)).toBeNull();
  const two = { ...proposing, candidates: proposing.candidates.slice(0, 2) };
  expect(intentOfKey(press('3'), two)).toBeNull();
});

test('leaves the arrows to the host where there is nothing to follow, and to controls that they move', () => {
  const down = press('ArrowDown', { shiftKey: true });
  expect(intentOfKey(down, { ...proposing, canFollow: { previous: true, next: false } })).toBeNull();
  for (const html of [
    '<input type="range" data-here>',
    '<div role="radiogroup"><button data-here></button></div>',
  ])
    expect(intentOfKey({ ...down, target: within(html) }, proposing)).toBeNull();
});

test.each([
  '<div role="slider" tabindex="0" aria-label="Bildlaufleiste" data-here></div>',
  '<input type="range" class="imageSlider" aria-label="Image navigation scrollbar" data-here>',
])('follows from the slider by which the viewer pages, which keeps the focus after it was used: %s', html => {
  const target = within(`<div data-cy="viewport-grid">${html}</div>`);
  const down = press('ArrowDown', { shiftKey: true, target });
  expect(intentOfKey(down, proposing)).toEqual({ kind: 'follow', direction: 'next' });
});

test('does not choose among outdated candidates', () => {
  expect(intentOfKey(press('1'), { ...proposing, canChoose: false })).toBeNull();
});

test('cancels a first round that has nothing to show yet', () => {
  expect(intentOfKey(press('Escape'), { ...idle, state: 'working' })).toEqual({ kind: 'cancel' });
});

describe('listening', () => {
  const key = (init: KeyboardEventInit): KeyboardEvent =>
    new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });

  test('takes its keys before the host sees them, and only those', () => {
    const store = fakeStore(proposing);
    const host = jest.fn();
    document.body.addEventListener('keydown', host);
    const stop = listenToKeys(document, store);

    const taken = key({ key: '3' });
    document.body.dispatchEvent(taken);
    expect(store.intents.choose).toHaveBeenCalledWith(2);
    expect(taken.defaultPrevented).toBe(true);
    expect(host).not.toHaveBeenCalled();

    document.body.dispatchEvent(key({ key: 'ArrowUp' }));
    expect(host).toHaveBeenCalledTimes(1);
    stop();
    document.body.removeEventListener('keydown', host);
  });

  test('performs every key on the store as it is then', () => {
    const store = fakeStore(idle);
    const stop = listenToKeys(document, store);
    document.body.dispatchEvent(key({ key: 'Enter' }));
    expect(store.intents.accept).not.toHaveBeenCalled();

    store.show({ ...proposing, layers: { ...proposing.layers, uncertainty: true } });
    for (const init of [{ key: 'Enter' }, { key: 'Escape' }, { key: 'u' }])
      document.body.dispatchEvent(key(init));
    document.body.dispatchEvent(key({ key: 'z', ctrlKey: true }));
    document.body.dispatchEvent(key({ key: 'y', ctrlKey: true }));
    const { accept, cancel, setLayer, undo, redo } = store.intents;
    for (const intent of [accept, cancel, undo, redo]) expect(intent).toHaveBeenCalledTimes(1);
    expect(setLayer).toHaveBeenCalledWith('uncertainty', false);
    stop();
  });

  test('ends when it is told to', () => {
    const store = fakeStore(proposing);
    listenToKeys(document, store)();
    document.body.dispatchEvent(key({ key: 'Enter' }));
    expect(store.intents.accept).not.toHaveBeenCalled();
  });
});
