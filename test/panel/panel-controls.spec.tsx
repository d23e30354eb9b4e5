/** @jest-environment jsdom */
import { jest } from '@jest/globals';
import { fireEvent } from '@testing-library/react';
import { panelText } from '../../extension/src/text';
import { idle, proposing } from './fake-store';
import { eachOnAnEmptyPage, open } from './open-panel';

eachOnAnEmptyPage();

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

  test('explains the colours of the uncertainty while it is on the slice, and only then', () => {
    expect(open(proposing).find('uncertainty-scale')).toBeNull();
    const on = open({ ...proposing, layers: { ...proposing.layers, uncertainty: true } });
    expect(on.get('uncertainty-scale').textContent).toBe(`${panelText.scale.low}${panelText.scale.high}`);
    const gradient = on.get('panel').style.getPropertyValue('--spa-uncertainty');
    expect(gradient).toContain('rgb(81 18 124), rgb(147 38 103)');
    expect(gradient).toMatch(/rgb\(252 253 191\)\)$/);
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
