/** The panel on a store that a test plays, found again by the names that tests from outside hold on to. */
import { jest } from '@jest/globals';
import { cleanup, render } from '@testing-library/react';
import { Panel } from '../../extension/src/panel/panel';
import type { PanelModel, ProblemModel } from '../../extension/src/panel/panel-model';
import { canvasGives, fakeStore } from './fake-store';

export function open(model: PanelModel) {
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

export const missing: ProblemModel = {
  code: 'bundle-missing',
  message: 'The model could not be loaded.',
  remedy: 'Press Retry.',
  canRetry: true,
};

/** Every test of a file begins with an empty page and a browser as it is. */
export function eachOnAnEmptyPage(): void {
  beforeEach(() => canvasGives(null));
  afterEach(() => {
    cleanup();
    jest.restoreAllMocks();
  });
}
