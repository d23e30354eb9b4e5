/** @jest-environment jsdom */
import { act } from '@testing-library/react';
import type { PanelModel } from '../../extension/src/panel/panel-model';
import { idle, proposing } from './fake-store';
import { eachOnAnEmptyPage, missing, open } from './open-panel';

eachOnAnEmptyPage();

/** What has the focus once the panel shows `after`, by the name that tests hold on to. */
function focusAfter(before: PanelModel, focused: string, after: PanelModel): string | null | undefined {
  const { store, get } = open(before);
  act(() => get(focused).focus());
  act(() => store.show(after));
  return document.activeElement?.getAttribute('data-cy');
}

const fewer = { ...proposing, round: 2, candidates: proposing.candidates.slice(0, 2) };

describe('focus in the panel', () => {
  test('goes on to Accept where the card that was chosen by the keyboard has none in its place any more', () => {
    expect(focusAfter(proposing, 'candidate-3', fewer)).toBe('spa-accept');
  });

  test('stays on a card that has another in its place', () => {
    expect(focusAfter(proposing, 'candidate-2', fewer)).toBe('spa-candidate-2');
  });

  test.each(['accept', 'cancel', 'candidate-1'])(
    'goes on to what is said of the next step where %s goes away with the proposal',
    name => {
      expect(focusAfter(proposing, name, idle)).toBe('spa-said');
    },
  );

  test('goes on where a problem that was dismissed goes away', () => {
    const problem = { ...proposing, state: 'error' as const, problem: missing };
    expect(focusAfter(problem, 'dismiss', proposing)).toBe('spa-accept');
  });

  test('is left alone where it was elsewhere on the page', () => {
    const { store, get } = open(proposing);
    act(() => get('candidate-3').focus());
    act(() => get('candidate-3').blur());
    act(() => store.show(fewer));
    expect(document.activeElement).toBe(document.body);
  });
});
