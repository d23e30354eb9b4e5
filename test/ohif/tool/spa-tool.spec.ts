/** @jest-environment jsdom */
import { beforeEach, expect, it } from '@jest/globals';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import type { ToolMode } from '../../../extension/src/core/session/session-state';
import type { PointerEventDetail } from '../../../extension/src/ohif/host/cornerstone-types';
import { createSpaTool, SPA_TOOL } from '../../../extension/src/ohif/tool/spa-tool';
import { FakeViewer } from '../fake-viewer/viewer';
import { VIEWPORT } from '../fake-viewer/viewport';

interface RunningTool {
  preTouchStartCallback(event: { detail: PointerEventDetail }): boolean;
  preMouseDownCallback(event: { detail: PointerEventDetail }): boolean;
  onSetToolPassive(): void;
  pressNow(viewportId: string, press: MouseEvent): void;
}

let mode: ToolMode;
let placed: Prompt[];
let tool: RunningTool;

beforeEach(() => {
  mode = 'positive';
  placed = [];
  const viewer = new FakeViewer();
  const element = document.createElement('div');
  Object.assign(viewer.viewport, { element });
  const SpaTool = createSpaTool(viewer.host.tools, id => viewer.host.viewport(id), {
    mode: () => mode,
    place: (_, prompt) => placed.push(prompt),
    prompts: () => [],
  });
  expect(SpaTool.toolName).toBe(SPA_TOOL);
  tool = new SpaTool() as unknown as RunningTool;
});

/** Presses at a canvas position; one canvas pixel is a tenth of a slice pixel. */
function press(x: number, y: number, modifiers: MouseEventInit = {}): boolean {
  return tool.preMouseDownCallback({
    detail: {
      viewportId: VIEWPORT,
      element: document.body,
      event: new MouseEvent('mousedown', { clientX: x, clientY: y, ...modifiers }),
      currentPoints: { canvas: [x, y], world: [x / 10, y / 10, 0] },
    },
  });
}

const point = (x: number, y: number, positive: boolean): Prompt => ({
  kind: 'point',
  at: { x, y },
  positive,
});
const move = (type: string, x: number, y: number): boolean =>
  document.dispatchEvent(new MouseEvent(type, { clientX: x, clientY: y }));

it('places a point where it is pressed and keeps the press from other tools', () => {
  expect(press(30, 20)).toBe(true);
  expect(placed).toEqual([point(3, 2, true)]);
});

it.each([{ shiftKey: true }, { ctrlKey: true }, { altKey: true }])(
  'means "not part of it" with %j',
  modifiers => {
    press(30, 20, modifiers);
    expect(placed).toEqual([point(3, 2, false)]);
  },
);

it('means what the panel says', () => {
  mode = 'negative';
  press(30, 20);
  expect(placed).toEqual([point(3, 2, false)]);
});

it('acts once on a press that it gets at once and again from the host later', () => {
  const event = new MouseEvent('mousedown', { clientX: 30, clientY: 20 });
  tool.pressNow(VIEWPORT, event);
  expect(placed).toEqual([point(3, 2, true)]);
  const detail = {
    viewportId: VIEWPORT,
    element: document.body,
    event,
    currentPoints: { canvas: [30, 20], world: [3, 2, 0] },
  } as PointerEventDetail;
  expect(tool.preMouseDownCallback({ detail })).toBe(true);
  expect(placed).toHaveLength(1);
});

it('draws a box from press to release', () => {
  mode = 'box';
  press(10, 10);
  move('mousemove', 30, 30);
  expect(placed).toEqual([]);
  move('mouseup', 50, 40);
  expect(placed).toEqual([{ kind: 'box', from: { x: 1, y: 1 }, to: { x: 5, y: 4 } }]);
  move('mouseup', 60, 60);
  expect(placed).toHaveLength(1);
});

it('takes a click in box mode for a point', () => {
  mode = 'box';
  press(10, 10);
  move('mouseup', 12, 11);
  expect(placed).toEqual([point(1, 1, true)]);
});

it('places a point that is not part of it in box mode with a modifier', () => {
  mode = 'box';
  press(10, 10, { shiftKey: true });
  expect(placed).toEqual([point(1, 1, false)]);
});

it('draws a line from press to release, with a point for every slice pixel on the way', () => {
  mode = 'line';
  press(10, 10);
  for (const x of [12, 19, 21, 27, 32]) move('mousemove', x, 10);
  expect(placed).toEqual([]);
  move('mouseup', 32, 20);
  const points = [
    { x: 1, y: 1 },
    { x: 2.1, y: 1 },
    { x: 3.2, y: 1 },
    { x: 3.2, y: 2 },
  ];
  expect(placed).toEqual([{ kind: 'scribble', points, positive: true }]);
});

it('draws a line along what is not part of it with a modifier', () => {
  mode = 'line';
  press(10, 10, { shiftKey: true });
  move('mouseup', 50, 10);
  expect(placed).toEqual([
    {
      kind: 'scribble',
      points: [
        { x: 1, y: 1 },
        { x: 5, y: 1 },
      ],
      positive: false,
    },
  ]);
});

it('takes a click in line mode for a point, and a line that ends where it began for a line', () => {
  mode = 'line';
  press(10, 10, { shiftKey: true });
  move('mouseup', 12, 11);
  expect(placed).toEqual([point(1, 1, false)]);
  press(10, 10);
  for (const [x, y] of [
    [30, 10],
    [30, 30],
  ] as const) {
    move('mousemove', x, y);
  }
  move('mouseup', 10, 12);
  expect(placed[1]).toMatchObject({ kind: 'scribble' });
});

/** A touch event with a finger at each position, or of the finger that was lifted there. */
function touch(type: string, ...fingers: readonly (readonly [number, number])[]): TouchEvent {
  const touches = fingers.map(([clientX, clientY]) => ({ clientX, clientY }));
  const event = new Event(type, { cancelable: true });
  const lifted = type === 'touchend';
  return Object.assign(event, {
    touches: lifted ? [] : touches,
    changedTouches: touches,
  }) as unknown as TouchEvent;
}

/** The host hears of a touch at the viewport, before it reaches the document. */
function touchAt(x: number, y: number): void {
  const event = touch('touchstart', [x, y]);
  tool.preTouchStartCallback({
    detail: {
      viewportId: VIEWPORT,
      element: document.body,
      event,
      currentPoints: { canvas: [x, y], world: [x / 10, y / 10, 0] },
    },
  });
  document.dispatchEvent(event);
}

it('places one point for a tap of a finger, whose mouse events follow', () => {
  touchAt(30, 20);
  document.dispatchEvent(touch('touchmove', [33, 22]));
  document.dispatchEvent(touch('touchend', [33, 22]));
  expect(press(30, 20)).toBe(true);
  expect(placed).toEqual([point(3, 2, true)]);
});

it('places nothing for two fingers, with which the host zooms, and for a finger that goes away', () => {
  touchAt(30, 20);
  expect(placed).toEqual([]);
  document.dispatchEvent(touch('touchstart', [30, 20], [80, 60]));
  document.dispatchEvent(touch('touchmove', [20, 10], [90, 70]));
  document.dispatchEvent(touch('touchend', [30, 20]));
  touchAt(30, 20);
  document.dispatchEvent(touch('touchmove', [60, 20]));
  document.dispatchEvent(touch('touchend', [60, 20]));
  touchAt(30, 20);
  document.dispatchEvent(touch('touchcancel'));
  document.dispatchEvent(touch('touchend', [30, 20]));
  expect(placed).toEqual([]);
});

it('draws a box with a finger, under which the page does not scroll', () => {
  mode = 'box';
  touchAt(10, 10);
  const moved = touch('touchmove', [30, 30]);
  document.dispatchEvent(moved);
  expect(moved.defaultPrevented).toBe(true);
  document.dispatchEvent(touch('touchend', [50, 40]));
  expect(placed).toEqual([{ kind: 'box', from: { x: 1, y: 1 }, to: { x: 5, y: 4 } }]);
});

it('draws a line with a finger', () => {
  mode = 'line';
  touchAt(10, 10);
  document.dispatchEvent(touch('touchmove', [30, 10]));
  document.dispatchEvent(touch('touchend', [50, 10]));
  const points = [1, 3, 5].map(x => ({ x, y: 1 }));
  expect(placed).toEqual([{ kind: 'scribble', points, positive: true }]);
});

it('drops the box when another tool takes over', () => {
  mode = 'box';
  press(10, 10);
  tool.onSetToolPassive();
  move('mouseup', 50, 40);
  expect(placed).toEqual([]);
});

it.each(['line', 'box'] as const)('takes back by Escape what is being drawn, and nothing else: %s', drawn => {
  mode = drawn;
  const heard: string[] = [];
  const listen = ({ key }: KeyboardEvent): void => void heard.push(key);
  document.addEventListener('keydown', listen, { capture: true });
  const escape = (): boolean =>
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  press(30, 20);
  move('mousemove', 60, 40);
  expect(escape()).toBe(false);
  move('mouseup', 60, 40);
  expect([placed, heard]).toEqual([[], []]);
  escape();
  expect(heard).toEqual(['Escape']);
  press(30, 20);
  move('mousemove', 60, 40);
  move('mouseup', 60, 40);
  expect(placed).toHaveLength(1);
  document.removeEventListener('keydown', listen, { capture: true });
});
