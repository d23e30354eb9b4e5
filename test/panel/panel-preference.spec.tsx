/** @jest-environment jsdom */
import { panelText } from '../../extension/src/text';
import { proposing } from './fake-store';
import { eachOnAnEmptyPage, open } from './open-panel';

eachOnAnEmptyPage();

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
