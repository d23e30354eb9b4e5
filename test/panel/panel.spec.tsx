/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { fireEvent } from '@testing-library/react';
import { panelText } from '../../extension/src/text';
import { idle, proposing } from './fake-store';
import { eachOnAnEmptyPage, missing, open } from './open-panel';

eachOnAnEmptyPage();

it('explains masks in the colours in which they are drawn', () => {
  const colours = { recommended: [0, 250, 0], adds: [0, 0, 250], removes: [250, 0, 0] } as const;
  const { style } = open({ ...proposing, colours }).get('panel');
  expect(style.getPropertyValue('--spa-recommended')).toBe('rgb(0 250 0)');
  expect(style.getPropertyValue('--spa-adds')).toBe('rgb(0 0 250)');
  expect(style.getPropertyValue('--spa-removes')).toBe('rgb(250 0 0)');
});

describe('names that tests from outside hold on to', () => {
  test('carries all of them while it proposes', () => {
    const { find } = open(proposing);
    const names =
      'panel status recommended candidate-1 candidate-2 candidate-3 candidate-4 accept undo redo clear forget uncertainty ' +
      'positive negative box export-seg cancel show-recommended show-candidates opacity';
    for (const name of names.split(' ')) expect([name, find(name) !== null]).toEqual([name, true]);
  });

  test('tells state, backend and areas as attributes', () => {
    const { get } = open(proposing);
    expect(get('status').dataset).toMatchObject({ state: 'proposing', backend: 'wasm-threads' });
    expect(get('recommended').getAttribute('data-area-mm2')).toBe('49.04');
    expect(get('candidate-3').getAttribute('data-area-mm2')).toBe('75.6');
  });

  test('has an empty backend until one is known', () => {
    expect(open({ ...idle, bundle: null }).get('status').dataset['backend']).toBe('');
  });

  test('has no proposal before there is one', () => {
    const { find } = open(idle);
    for (const name of ['recommended', 'accept', 'candidate-1', 'cancel']) expect(find(name)).toBeNull();
  });
});

describe('loading', () => {
  test('counts in bytes', () => {
    const progress = { loadedBytes: 12_340_000, totalBytes: 34_000_000 };
    const { container, get } = open({
      ...idle,
      state: 'loading',
      guidance: 'loading',
      bundle: null,
      progress,
    });
    expect(container.textContent).toContain('12.3\u00a0MB of 34.0\u00a0MB');
    expect(get('progress').getAttribute('aria-valuenow')).toBe('12340000');
    expect(get('progress').getAttribute('aria-valuemax')).toBe('34000000');
  });

  test('claims no share while the total is unknown', () => {
    const progress = { loadedBytes: 1_000_000, totalBytes: 0 };
    const { get } = open({ ...idle, state: 'loading', guidance: 'loading', progress });
    expect(get('progress').hasAttribute('aria-valuenow')).toBe(false);
  });

  test('can be tried again after it failed', () => {
    const { store, get } = open({ ...idle, state: 'error', guidance: 'loading', problem: missing });
    fireEvent.click(get('retry'));
    fireEvent.click(get('dismiss'));
    expect(store.intents.retry).toHaveBeenCalledTimes(1);
    expect(store.intents.dismissProblem).toHaveBeenCalledTimes(1);
  });
});

test('warns without stopping the work', () => {
  const { get } = open({ ...proposing, warning: 'The model was made for CT; this series is MR.' });
  expect(get('warning').textContent).toBe('The model was made for CT; this series is MR.');
  expect(get('status').dataset['state']).toBe('proposing');
});

test('lists every key', () => {
  const { get } = open(idle);
  for (const { meaning } of panelText.keys([], [])) expect(get('keys').textContent).toContain(meaning);
});

test.each([
  ['MacIntel', 'Cmd + Z', 'Meta+Z', ['Cmd', 'Z'], ['Shift', 'Cmd', 'Z']],
  ['iPad', 'Cmd + Z', 'Meta+Z', ['Cmd', 'Z'], ['Shift', 'Cmd', 'Z']],
  ['Win32', 'Ctrl + Z', 'Control+Z', ['Ctrl', 'Z'], ['Ctrl', 'Y']],
  ['Linux x86_64', 'Ctrl + Z', 'Control+Z', ['Ctrl', 'Z'], ['Ctrl', 'Y']],
])(
  'names the keys that undo and redo on the computer in front of the user: %s',
  (platform, title, aria, ...listed) => {
    jest.spyOn(navigator, 'platform', 'get').mockReturnValue(platform);
    const { get } = open(proposing);
    expect(get('undo').title).toContain(`(${title})`);
    expect(get('undo').getAttribute('aria-keyshortcuts')).toBe(aria);
    const keys = [...get('keys').querySelectorAll('dt')].map(names =>
      [...names.children].map(name => name.textContent),
    );
    expect(keys).toEqual(expect.arrayContaining(listed));
  },
);
