/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { SpaError } from '../../../extension/src/core/error';
import { bundle, settled } from './fake-engine';
import { Workplace } from './workplace';

let work: Workplace;

beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
});
afterEach(() => work.controller.exit());

it('keeps the session when a request fails, and runs it again on Retry', async () => {
  await work.propose();
  await work.click(1, 1, false);
  await work.engine.refuse(new SpaError('worker-crashed'));
  expect(work.model).toMatchObject({
    state: 'error',
    round: 1,
    problem: { code: 'worker-crashed', canRetry: true },
  });
  work.intents.retry();
  await settled();
  expect(work.engine.last).toMatchObject({ what: 'answer', answers: [{ kind: 'prompt' }] });
});

it('goes on with another bundle that was put in the place of the present one once the user presses Retry', async () => {
  await work.propose();
  await work.accept();
  await work.propose();
  await work.click(1, 1, false);
  await work.engine.refuse(new SpaError('bundle-changed'));
  expect(work.model.problem).toMatchObject({ code: 'bundle-changed', canRetry: true });
  work.intents.retry();
  expect(work.engine.last.what).toBe('load');
  await work.engine.respond({ ...bundle, version: '2.0.0', fingerprint: 'c3' });
  expect(work.model).toMatchObject({ state: 'idle', round: 0 });
  expect(work.written('image-0')).toEqual([20]);
  await work.propose();
  expect(work.model.state).toBe('proposing');
});

it('shows a fault that no one foresaw to the user, and where it came from in the console', async () => {
  const log = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const fault = new TypeError('undefined is not a function');
  await work.click(4, 2);
  await work.engine.refuse(fault);
  expect(log).toHaveBeenCalledWith(expect.any(String), fault);
  log.mockRestore();
  expect(work.model.problem).toMatchObject({
    code: 'unexpected',
    message: expect.stringContaining('not a function'),
  });
});

it('explains a click that cannot work', async () => {
  await work.click(100, 2);
  expect(work.model).toMatchObject({ state: 'error', problem: { code: 'prompt-outside', canRetry: false } });
});

it('leads out of a reconstructed plane on Retry', async () => {
  work.viewer.viewport.type = 'orthographic';
  await work.click(4, 2);
  expect(work.model.problem).toMatchObject({ code: 'plane-unsupported', canRetry: true });
  work.intents.retry();
  expect(work.viewer.commands.ran).toEqual(['setHangingProtocol']);
  expect(work.model.problem).toBeNull();
});

it('leads out of a series of several images at every place, which the host would show as a volume again', async () => {
  work.viewer.viewport.type = 'orthographic';
  const series = work.viewer.host.services.displaySetService.getDisplaySetByUID('series');
  if (series === undefined) throw new Error('There is no series.');
  series.isDynamicVolume = true;
  await work.click(4, 2);
  work.intents.retry();
  expect(work.viewer.commands.ran).toEqual(['setHangingProtocol']);
  expect(series.isDynamicVolume).toBe(false);
});

it('is over with a problem at the next click', async () => {
  await work.click(100, 2);
  await work.click(4, 2);
  expect(work.model.problem).toBeNull();
});
