/** @jest-environment jsdom */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Workplace } from './workplace';

let work: Workplace;

/** An element of the viewer that was used, and has the focus since then. */
function used<Name extends 'button' | 'input'>(name: Name): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  document.body.append(element);
  element.focus();
  return element;
}

/** As the host takes a press: it keeps the browser from moving the focus. */
const pressOnImage = (): void => {
  work.viewer.viewport.element.dispatchEvent(new MouseEvent('mousedown', { button: 2, cancelable: true }));
};

const pressEnter = (): void => {
  const init = { key: 'Enter', bubbles: true, cancelable: true };
  (document.activeElement ?? document).dispatchEvent(new KeyboardEvent('keydown', init));
};

beforeEach(async () => {
  work = new Workplace();
  await work.loaded();
});

afterEach(() => {
  work.controller.exit();
  document.body.replaceChildren();
});

it('accepts by Enter what a click on the image led to, though a button of the viewer was used before', async () => {
  used('button');
  pressOnImage();
  await work.propose();
  pressEnter();
  await work.done();
  expect(work.model.guidance).toBe('accepted');
});

it('leaves Enter to a button that was used after the click', async () => {
  pressOnImage();
  await work.propose();
  const button = used('button');
  pressEnter();
  await work.done();
  expect(work.model.guidance).toBe('answer');
  expect(document.activeElement).toBe(button);
});

it('leaves a field in which the user types to the host', () => {
  const field = used('input');
  pressOnImage();
  expect(document.activeElement).toBe(field);
});
