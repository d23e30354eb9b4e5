/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';

import { Panel } from '../../extension/src/panel/panel';
import type { PanelModel, ProblemModel } from '../../extension/src/panel/panel-model';
import { panelText } from '../../extension/src/text';
import { canvasGives, fakeStore, idle, proposing } from './fake-store';

function open(model: PanelModel) {
  const store = fakeStore(model);
  const { container } = render(<Panel store={store} />);
  const find = (name: string) => container.querySelector<HTMLElement>(`[data-cy="spa-${name}"]`);
  const get = (name: string): HTMLElement => {
    const element = find(name);
    if (element === null) throw new Error(`spa-${name} is not there.`);
    return element;
  };
  return { store, container, find, get };
}

const missing: ProblemModel = {
  code: 'bundle-missing',
  message: 'The model could not be loaded.',
  remedy: 'Press Retry.',
  canRetry: true,
};

beforeEach(() => canvasGives(null));
afterEach(() => {
  cleanup();
  jest.restoreAllMocks();
});

it('explains masks in the colours in which they are drawn', () => {
  const colours = { recommended: [0, 250, 0], adds: [0, 0, 250], removes: [250, 0, 0] } as const;
  const { style } = open({ ...proposing, colours }).get('panel');
  expect(style.getPropertyValue('--spa-recommended')).toBe('rgb(0 250 0)');
  expect(style.getPropertyValue('--spa-adds')).toBe('rgb(0 0 250)');
  expect(style.getPropertyValue('--spa-removes')).toBe('rgb(250 0 0)');
});

describe('guidance', () => {
  const { guidance } = panelText;
  test.each<[Partial<PanelModel>, string]>([
    [{ guidance: 'open-image' }, guidance.openImage],
    [{ guidance: 'loading', state: 'loading' }, guidance.loading],
    [{ guidance: 'working', state: 'working' }, guidance.working],
    [{ guidance: 'accepted' }, guidance.accepted],
    [{ guidance: 'unlike', state: 'proposing' }, guidance.unlike],
    [{ guidance: 'accepted', canFollow: { previous: true, next: false } }, guidance.acceptedAndFollow],
    [{}, guidance.clickStructure.positive],
    [{ tool: 'box' }, guidance.clickStructure.box],
    [{ tool: null }, guidance.clickStructure.none],
    [{ tool: null, guidance: 'accepted' }, guidance.clickStructure.none],
    [
      { tool: null, guidance: 'accepted', canFollow: { previous: true, next: true } },
      guidance.clickStructure.none,
    ],
    [{ tool: null, guidance: 'not-here' }, guidance.notHere],
    [{ ...proposing, tool: null }, guidance.answer.none],
    [proposing, guidance.answer.positive],
    [{ ...proposing, guidance: 'elsewhere' }, guidance.elsewhere],
    [{ ...proposing, guidance: 'nowhere' }, guidance.nowhere],
    [{ ...proposing, tool: 'negative' }, guidance.answer.negative],
    [{ ...proposing, candidates: [] }, guidance.answerWithoutCandidates.positive],
  ])('says what to do next, case %#', (change, sentence) => {
    const { container, get } = open({ ...idle, ...change });
    expect(get('guidance').textContent).toBe(sentence);
    expect(container.textContent?.split(sentence)).toHaveLength(2);
  });

  test('yields to a problem that stops the work, which says the next step itself', () => {
    const { find, get } = open({ ...idle, state: 'error', problem: missing });
    expect(find('guidance')).toBeNull();
    expect(get('problem').textContent).toContain(missing.message);
    expect(get('problem').textContent).toContain(missing.remedy);
  });

  test('is told to a screen reader by an element that stays, also across a problem that takes its place', () => {
    const { store, container, get } = open({ ...idle, state: 'error', problem: missing });
    const region = container.querySelector('[role=status]');
    expect(region?.textContent).toBe('');
    act(() => store.show({ ...idle, state: 'working', guidance: 'working' }));
    expect(get('guidance').closest('[role=status]')).toBe(region);
  });

  test('stands beside a problem that leaves the proposal as it is', () => {
    const { find, get } = open({ ...proposing, problem: { ...missing, canRetry: false } });
    expect(find('guidance')).not.toBeNull();
    expect(get('problem').getAttribute('role')).toBe('alert');
    expect(find('retry')).toBeNull();
  });
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

describe('proposal', () => {
  test('shows the measures of the recommended mask', () => {
    const text = open(proposing).get('recommended').textContent;
    for (const part of ['49.0\u00a0mm²', '9.1\u00a0×\u00a07.2\u00a0mm', '71\u00a0% of it certain', 'round 1'])
      expect(text).toContain(part);
  });

  test('offers to go back to the image of the proposal where another one is shown', () => {
    const { get } = open({ ...proposing, guidance: 'elsewhere' });
    expect(get('accept').textContent).toMatch(/^Go back/);
  });

  test('says where Accept writes', () => {
    expect(open(proposing).get('target').textContent).toContain('Segmentation 1 / Segment 1');
    cleanup();
    expect(open(idle).get('target').textContent).toContain('a new segmentation');
    cleanup();
    expect(open({ ...proposing, target: 'locked' }).get('target').textContent).toBe(panelText.targetLocked);
  });

  test('chooses with a click, once', () => {
    const { store, get } = open(proposing);
    fireEvent.click(get('candidate-3'));
    expect(store.intents.choose.mock.calls).toEqual([[2]]);
  });

  test.each<[string, (card: HTMLElement) => void, (card: HTMLElement) => void]>([
    ['the pointer', card => fireEvent.pointerEnter(card), card => fireEvent.pointerLeave(card)],
    ['the focus', card => card.focus(), card => card.blur()],
  ])('previews the card under %s', (_, enter, leave) => {
    const { store, get } = open(proposing);
    act(() => enter(get('candidate-2')));
    act(() => leave(get('candidate-2')));
    expect(store.intents.preview.mock.calls).toEqual([[1], [null]]);
  });

  test('marks only the previewed card', () => {
    const { container } = open({ ...proposing, previewed: 1 });
    const marked = [...container.querySelectorAll('.spa-card-previewed')];
    expect(marked.map(card => card.getAttribute('data-cy'))).toEqual(['spa-candidate-2']);
  });

  test('describes a card in words for those who do not see it', () => {
    const label = open(proposing).get('candidate-1').getAttribute('aria-label');
    expect(label).toContain('8.4\u00a0mm²');
    expect(label).toContain('\u221283\u00a0%');
  });

  test('shows as many cards as there are candidates', () => {
    const { find } = open({ ...proposing, candidates: proposing.candidates.slice(0, 2) });
    expect(find('candidate-2')).not.toBeNull();
    expect(find('candidate-3')).toBeNull();
    expect(find('no-candidates')).toBeNull();
  });

  test('says calmly that there is nothing to choose between', () => {
    const { get } = open({ ...proposing, candidates: [] });
    expect(get('no-candidates').textContent).toBe(panelText.noCandidates);
  });

  test('keeps the old proposal while the next one is worked out, but takes no answer to it', () => {
    const { store, get } = open({
      ...proposing,
      state: 'working',
      guidance: 'working',
      canAccept: false,
      canChoose: false,
    });
    fireEvent.click(get('candidate-1'));
    fireEvent.click(get('accept'));
    expect(store.intents.choose).not.toHaveBeenCalled();
    expect(store.intents.accept).not.toHaveBeenCalled();
    expect(get('accept').getAttribute('aria-disabled')).toBe('true');
  });

  test('still takes an answer beside a problem that left the proposal as it is', () => {
    const { store, get } = open({ ...proposing, state: 'error', problem: missing });
    fireEvent.click(get('candidate-1'));
    expect(store.intents.choose).toHaveBeenCalledWith(0);
  });

  test('keeps the focus on a card across rounds', () => {
    const { store, get } = open(proposing);
    act(() => get('candidate-2').focus());
    act(() =>
      store.show({ ...proposing, state: 'working', guidance: 'working', canAccept: false, canChoose: false }),
    );
    act(() => store.show({ ...proposing, round: 2 }));
    expect(document.activeElement).toBe(get('candidate-2'));
  });

  test('leaves the focus in the viewer when a button is pressed with the mouse', () => {
    const { get } = open(proposing);
    for (const name of ['candidate-1', 'accept', 'positive', 'uncertainty'])
      expect(fireEvent.mouseDown(get(name))).toBe(false);
  });

  test('leaves the focus in the viewer when the keys are unfolded to look one up', () => {
    open(proposing);
    expect(fireEvent.mouseDown(screen.getByText(panelText.keyboard))).toBe(false);
  });
});

describe('controls', () => {
  test.each([
    ['accept', 'accept'],
    ['cancel', 'cancel'],
    ['undo', 'undo'],
    ['redo', 'redo'],
    ['clear', 'clear'],
    ['forget', 'forget'],
    ['export-seg', 'exportSegmentation'],
  ] as const)('%s does it once and without arguments', (name, intent) => {
    const { store, get } = open(proposing);
    fireEvent.click(get(name));
    expect(store.intents[intent].mock.calls).toEqual([[]]);
  });

  test.each(['undo', 'redo', 'clear', 'forget', 'export-seg'])(
    '%s is off when there is nothing to do',
    name => {
      const { store, get } = open(idle);
      fireEvent.click(get(name));
      expect(get(name).getAttribute('aria-disabled')).toBe('true');
      for (const intent of Object.values(store.intents)) expect(intent).not.toHaveBeenCalled();
    },
  );

  test('has one tool in hand, changed by click or arrow key', () => {
    const { store, container, get } = open(proposing);
    const checked = container.querySelectorAll('[role=radio][aria-checked=true]');
    expect([...checked].map(tool => tool.getAttribute('data-cy'))).toEqual(['spa-positive']);
    expect(container.querySelectorAll('[role=radio][tabindex="0"]')).toHaveLength(1);
    fireEvent.click(get('negative'));
    fireEvent.keyDown(get('positive'), { key: 'ArrowRight' });
    fireEvent.keyDown(get('positive'), { key: 'ArrowLeft' });
    expect(store.intents.setTool.mock.calls).toEqual([['negative'], ['negative'], ['box']]);
  });

  test('has no tool in hand while a click is for one of the viewer, and takes one', () => {
    const { store, container, get } = open({ ...idle, tool: null });
    expect(container.querySelector('[role=radio][aria-checked=true]')).toBeNull();
    expect(container.querySelectorAll('[role=radio][tabindex="0"]')).toHaveLength(1);
    fireEvent.click(get('positive'));
    expect(store.intents.setTool).toHaveBeenCalledWith('positive');
  });

  test('switches layers and sets their opacity', () => {
    const { store, get } = open(proposing);
    fireEvent.click(get('uncertainty'));
    fireEvent.click(get('show-recommended'));
    fireEvent.change(get('opacity'), { target: { value: '0.8' } });
    expect(store.intents.setLayer.mock.calls).toEqual([
      ['uncertainty', true],
      ['recommended', false],
    ]);
    expect(store.intents.setOpacity).toHaveBeenCalledWith(0.8);
  });

  test('makes the field of view smaller and larger by the same factor', () => {
    const { store, get } = open(proposing);
    expect(get('field').textContent).toBe('48\u00a0mm auto');
    fireEvent.click(get('field-smaller'));
    fireEvent.click(get('field-larger'));
    const [[smaller], [larger]] = store.intents.scaleFieldOfView.mock.calls as [[number], [number]];
    expect(larger).toBeGreaterThan(1);
    expect(smaller * larger).toBeCloseTo(1);
  });

  test('keeps the keys of its own controls from the host', () => {
    const { get } = open(proposing);
    const host = jest.fn();
    document.body.addEventListener('keydown', host);
    fireEvent.keyDown(get('accept'), { key: ' ' });
    expect(host).not.toHaveBeenCalled();
    fireEvent.keyDown(get('accept'), { key: 'r' });
    expect(host).toHaveBeenCalledTimes(1);
    document.body.removeEventListener('keydown', host);
  });
});

describe('a segmentation', () => {
  test('is exported or stored by one press each', () => {
    const { store, get } = open(proposing);
    fireEvent.click(get('export-seg'));
    fireEvent.click(get('store-seg'));
    expect(store.intents.exportSegmentation).toHaveBeenCalledTimes(1);
    expect(store.intents.storeSegmentation).toHaveBeenCalledTimes(1);
  });

  test('that is empty goes nowhere, and the buttons say why', () => {
    const { store, get } = open({ ...proposing, canExport: false });
    for (const name of ['export-seg', 'store-seg']) fireEvent.click(get(name));
    expect(store.intents.exportSegmentation).not.toHaveBeenCalled();
    expect(store.intents.storeSegmentation).not.toHaveBeenCalled();
    expect(get('export-seg').title).toBe(panelText.exportNothing);
    expect(get('store-seg').title).toBe(panelText.storeNothing);
  });

  test('has no place to be stored where the data source takes no files', () => {
    const { find } = open({ ...proposing, canStore: false });
    expect(find('store-seg')).toBeNull();
    expect(find('export-seg')).not.toBeNull();
  });

  test('on its way to be stored is not sent a second time', () => {
    const { store, get } = open({ ...proposing, storing: true });
    expect(get('store-seg').textContent).toBe(panelText.storing);
    fireEvent.click(get('store-seg'));
    expect(store.intents.storeSegmentation).not.toHaveBeenCalled();
  });
});

test('tells what was learnt, and from how many answers', () => {
  const { container } = open({
    ...proposing,
    preference: { answers: 1, kept: false, tendency: proposing.preference?.tendency ?? null, margin: null },
  });
  expect(container.textContent).toContain('learnt from 1 answer');
  const bars = [...container.querySelectorAll('.spa-tendency')].map(bar => bar.getAttribute('aria-label'));
  expect(bars).toEqual([
    'From tight to generous: at 64\u00a0%, likely between 55\u00a0% and 78\u00a0%',
    'From detailed to smooth: at 44\u00a0%, likely between 20\u00a0% and 70\u00a0%',
  ]);
});

test('says whether what was learnt outlives the page', () => {
  const said = (answers: number, kept: boolean) => {
    const { container } = open({ ...proposing, preference: { answers, kept, tendency: null, margin: null } });
    return container.querySelector('.spa-section-heading .spa-quiet');
  };
  expect(said(4, false)?.textContent).toBe('learnt from 4 answers');
  expect(said(4, true)?.textContent).toBe('learnt from 4 answers, kept');
  expect(said(4, true)?.getAttribute('title')).toBe(panelText.keptTitle(true));
  expect(said(0, true)?.textContent).toBe('nothing learnt yet');
});

test('says how far a learnt margin moves the border, and in which direction; nothing where it would round to nothing', () => {
  const withMargin = (distance: number) => {
    const { container } = open({
      ...proposing,
      preference: { answers: 4, kept: false, tendency: null, margin: { distance, unit: 'mm' } },
    });
    return container.querySelector('[data-cy="spa-margin"]')?.textContent ?? null;
  };
  expect(withMargin(1.24)).toBe('Border drawn 1.2\u00a0mm farther out, as in your masks');
  expect(withMargin(-0.6)).toBe('Border drawn 0.6\u00a0mm farther in, as in your masks');
  expect(withMargin(0.04)).toBeNull();
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

describe('the model', () => {
  const several: PanelModel = {
    ...proposing,
    bundles: [
      { label: 'default 1.0', inWork: true },
      { label: 'Lung MR', inWork: false },
    ],
  };

  test('is told with its method, what it was made for and its licence', () => {
    const { get } = open(idle);
    expect(get('bundle').textContent).toContain('default 1.0');
    for (const fact of [panelText.model.engines.bayes, 'CT, MR', 'CC BY 4.0']) {
      expect(get('model').textContent).toContain(fact);
    }
  });

  test('says so where it does not state what it was made for', () => {
    const { bundle } = idle;
    const { get } = open({ ...idle, bundle: bundle && { ...bundle, engine: 'sam', modalities: [] } });
    expect(get('model').textContent).toContain(panelText.model.anyModality);
    expect(get('model').textContent).toContain(panelText.model.engines.sam);
  });

  test('is folded away, and offers no choice where there is none', () => {
    const { find, get } = open(idle);
    expect(get('model').hasAttribute('open')).toBe(false);
    expect(find('bundle-1')).toBeNull();
  });

  test('is changed by one press, which folds the list again; the present one is no choice', () => {
    const { store, get } = open(several);
    get('model').setAttribute('open', '');
    fireEvent.click(get('bundle-1'));
    expect(store.intents.switchBundle).not.toHaveBeenCalled();
    fireEvent.click(get('bundle-2'));
    expect(store.intents.switchBundle).toHaveBeenCalledWith(1);
    expect(get('model').hasAttribute('open')).toBe(false);
  });

  test('can be chosen where none could be loaded', () => {
    const { get } = open({ ...several, bundle: null, bundles: several.bundles });
    expect(get('bundle').textContent).toBe(panelText.model.none);
    expect(get('bundle-2').textContent).toBe('Lung MR');
  });

  test('on its way shows how far it is and can be given up', () => {
    const opening = { label: 'Lung MR', progress: { loadedBytes: 12_000_000, totalBytes: 48_000_000 } };
    const { store, get } = open({ ...several, opening });
    expect(get('opening').textContent).toContain('Lung MR');
    expect(get('progress').getAttribute('aria-valuenow')).toBe('12000000');
    fireEvent.click(get('opening-cancel'));
    expect(store.intents.cancelSwitch).toHaveBeenCalledTimes(1);
  });

  test('that sees whole slices has no field of view to set, and one that learns nothing no preference', () => {
    const { find, get } = open({ ...proposing, fieldOfView: 'slice', preference: null });
    expect(get('field').textContent).toBe(panelText.wholeSlice);
    expect(find('field-larger')).toBeNull();
    expect(find('forget')).toBeNull();
  });

  test('that does not tell how the user draws still tells how much it has learnt', () => {
    const { container, get } = open({
      ...proposing,
      preference: { answers: 2, kept: false, tendency: 'untold', margin: null },
    });
    expect(container.textContent).toContain('learnt from 2 answers');
    expect(container.querySelector('.spa-tendency')).toBeNull();
    expect(get('forget')).toBeDefined();
  });
});
