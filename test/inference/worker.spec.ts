/** @jest-environment jsdom */
import { expect, it, jest } from '@jest/globals';

it('looks for the files of the runtime in their own folder beside its script', async () => {
  const asked = new Promise<URL>(resolve => {
    jest.unstable_mockModule('../../extension/src/inference/runtime-offers', () => ({
      offeredRuntimes(folder: URL) {
        resolve(folder);
        return new Promise(() => undefined);
      },
    }));
  });
  // The bundle never comes.
  globalThis.fetch = () => new Promise(() => undefined);
  await import('../../extension/src/inference/worker');
  const data = { kind: 'load', id: 1, bundleUrl: 'http://localhost/bundle/' };
  globalThis.dispatchEvent(new MessageEvent('message', { data }));
  const { pathname } = new URL('runtime.wasm', await asked);
  expect(pathname).toMatch(/\/inference\/ort\/runtime\.wasm$/);
});
