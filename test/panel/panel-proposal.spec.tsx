/** @jest-environment jsdom */
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { panelText } from '../../extension/src/text';
import { idle, proposing } from './fake-store';
import { eachOnAnEmptyPage, missing, open } from './open-panel';

eachOnAnEmptyPage();

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
    const hidden = { segmentation: 'Lungs', segment: 'Nodule', isHidden: true };
    expect(open({ ...proposing, target: hidden }).get('target').textContent).toBe(
      panelText.targetHidden('Lungs', 'Nodule'),
    );
    expect(open({ ...proposing, target: 'locked' }).get('target').textContent).toBe(panelText.targetLocked);
  });

  test('says first that what Accept writes to is hidden, and cuts a long name of the segmentation before that of the segment', () => {
    const target = {
      segmentation: 'Follow-up of both lungs after the second cycle, by the resident',
      segment: 'Nodule 12',
      isHidden: true,
    };
    const line = open({ ...proposing, target }).get('target');
    expect(line.textContent).toBe('Accept writes to the hidden Follow-up of both lungs… / Nodule 12');
    expect(line.querySelector('[title]')?.getAttribute('title')).toBe(
      panelText.targetHidden(target.segmentation, target.segment),
    );
  });

  test.each([
    [{ images: 0, missing: 0, volume: null }, 'So far empty'],
    [{ images: 1, missing: 0, volume: null }, 'So far on 1 image'],
    [{ images: 7, missing: 0, volume: 1238 }, 'So far on 7 images, 1.24\u00a0cm³'],
    [{ images: 7, missing: 0, volume: null }, 'So far on 7 images'],
    [{ images: 7, missing: 2, volume: null }, 'So far on 7 images, none on 2 between them'],
  ])('says how far the segment reaches that Accept writes to: %p', (extent, said) => {
    expect(open({ ...proposing, extent }).get('extent').textContent).toBe(said);
  });

  test('says nothing of how far a segment reaches that is not there yet, or takes nothing', () => {
    const extent = { images: 3, missing: 0, volume: null };
    for (const target of [null, 'locked'] as const) {
      expect(open({ ...idle, target, extent }).find('extent')).toBeNull();
      cleanup();
    }
  });

  test('keeps the line free in which it will be said', () => {
    const { container, store } = open(proposing);
    const lines = (): number => container.querySelectorAll('.spa-recommended > p').length;
    const before = lines();
    act(() => store.show({ ...proposing, extent: { images: 3, missing: 0, volume: null } }));
    expect(lines()).toBe(before);
  });

  test('lays its pictures as the slice lies on the screen', () => {
    const orientation = { alongRow: { x: 0, y: -1 }, alongColumn: { x: -1, y: 0 } };
    const panel = open({ ...proposing, orientation }).container.querySelector<HTMLElement>('.spa-panel');
    expect(panel?.style.getPropertyValue('--spa-picture')).toBe('matrix(0, -1, -1, 0, 0, 0)');
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
