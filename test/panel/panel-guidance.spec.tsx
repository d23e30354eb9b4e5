/** @jest-environment jsdom */
import { act } from '@testing-library/react';
import type { PanelModel } from '../../extension/src/panel/panel-model';
import { panelText } from '../../extension/src/text';
import { idle, proposing } from './fake-store';
import { eachOnAnEmptyPage, missing, open } from './open-panel';

eachOnAnEmptyPage();

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
