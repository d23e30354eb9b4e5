/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { saveFiles } from '../../../extension/src/ohif/seg/save-files';

let saved: string[];

beforeEach(() => {
  jest.useFakeTimers();
  saved = [];
  Object.assign(URL, { createObjectURL: () => 'blob:file', revokeObjectURL: () => undefined });
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

const file = (name: string) => ({ name, content: new ArrayBuffer(8) });

it('saves a single file at once', () => {
  void saveFiles([file('a.dcm')]);
  expect(saved).toEqual(['a.dcm']);
});

it('asks for the next file only after the browser had time to begin the one before', async () => {
  const done = saveFiles([file('a.dcm'), file('b.dcm'), file('c.dcm')]);
  await jest.advanceTimersByTimeAsync(100);
  expect(saved).toEqual(['a.dcm']);
  await jest.advanceTimersByTimeAsync(500);
  expect(saved).toEqual(['a.dcm', 'b.dcm']);
  await jest.advanceTimersByTimeAsync(500);
  expect(saved).toEqual(['a.dcm', 'b.dcm', 'c.dcm']);
  await done;
});
