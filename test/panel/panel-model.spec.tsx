/** @jest-environment jsdom */
import { fireEvent } from '@testing-library/react';
import type { PanelModel } from '../../extension/src/panel/panel-model';
import { panelText } from '../../extension/src/text';
import { idle, proposing } from './fake-store';
import { eachOnAnEmptyPage, open } from './open-panel';

eachOnAnEmptyPage();

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

  test('says why the graphics card that the browser offers is not used', () => {
    const { bundle } = idle;
    expect(open(idle).get('model').textContent).not.toContain(panelText.model.graphics);
    document.body.replaceChildren();
    const { get } = open({ ...idle, bundle: bundle && { ...bundle, passedOver: 'It computed wrong.' } });
    expect(get('model').textContent).toContain(`${panelText.model.graphics}not used. It computed wrong.`);
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
