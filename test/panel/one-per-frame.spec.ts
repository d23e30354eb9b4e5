/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { FrameQueue } from '../../extension/src/panel/one-per-frame';

let done: string[];
let queue: FrameQueue;
const ask = (name: string) => queue.later(() => done.push(name));

beforeEach(() => {
  jest.useFakeTimers();
  done = [];
  queue = new FrameQueue();
});
afterEach(() => {
  jest.useRealTimers();
});

/** One frame of the screen, and the task after it. */
function frame(): void {
  jest.advanceTimersToNextTimer();
  jest.advanceTimersToNextTimer();
}

test('does one piece a frame, in the order asked for, and none at once', () => {
  ask('first');
  ask('second');
  expect(done).toEqual([]);
  frame();
  expect(done).toEqual(['first']);
  frame();
  expect(done).toEqual(['first', 'second']);
});

test('goes on where the page is in the background and has no frames', () => {
  jest.spyOn(window, 'requestAnimationFrame').mockReturnValue(0);
  ask('first');
  jest.advanceTimersByTime(5000);
  expect(done).toEqual(['first']);
});

test('leaves out what was called off, and does not wait for it', () => {
  const callOff = ask('first');
  ask('second');
  callOff();
  frame();
  expect(done).toEqual(['second']);
});

test('goes on after a piece that failed', () => {
  queue.later(() => {
    throw new Error('broken');
  });
  ask('second');
  expect(frame).toThrow('broken');
  frame();
  expect(done).toEqual(['second']);
});

test('takes work that the work itself asks for to a later frame', () => {
  queue.later(() => void ask('inner'));
  frame();
  expect(done).toEqual([]);
  frame();
  expect(done).toEqual(['inner']);
});
