/** @jest-environment jsdom */
import { beforeEach, expect, it } from '@jest/globals';
import type { Prompt } from '../../../extension/src/core/prompts/prompts';
import type { SvgDrawing } from '../../../extension/src/ohif/host/cornerstone-types';
import { drawPrompts } from '../../../extension/src/ohif/tool/prompt-drawing';

let layer: Element;
let svg: SvgDrawing;
let touched: string[];

beforeEach(() => {
  layer = document.createElement('div');
  touched = [];
  const nodes = new Map<string, SVGElement>();
  svg = {
    getSvgNode: key => nodes.get(key),
    appendNode: (node, key) => {
      nodes.set(key, node);
      layer.append(node);
    },
    setNodeTouched: key => touched.push(key),
  };
});

const twice = ({ x, y }: { x: number; y: number }): [number, number] => [2 * x, 2 * y];
const inside: Prompt = { kind: 'point', at: { x: 5, y: 7 }, positive: true };
const outside: Prompt = { kind: 'point', at: { x: 1, y: 1 }, positive: false };

it('marks points where they lie on the canvas', () => {
  drawPrompts(svg, [inside], twice);
  expect(layer.children[0]?.getAttribute('transform')).toBe('translate(10 14)');
});

it('tells inside from outside by shape, not by colour alone', () => {
  drawPrompts(svg, [inside, outside], twice);
  const shapes = [...layer.children].map(group => group.firstElementChild?.tagName);
  expect(shapes).toEqual(['circle', 'polygon']);
});

it('moves a marker that is there already instead of drawing another', () => {
  drawPrompts(svg, [inside], twice);
  drawPrompts(svg, [inside], ({ x, y }) => [x, y]);
  expect(layer.children).toHaveLength(1);
  expect(layer.children[0]?.getAttribute('transform')).toBe('translate(5 7)');
  expect(touched).toHaveLength(1);
});

it('draws a box through its four corners, so that it turns with the image', () => {
  drawPrompts(svg, [{ kind: 'box', from: { x: 1, y: 2 }, to: { x: 3, y: 4 } }], twice);
  expect(layer.querySelector('path')?.getAttribute('d')).toBe('M2 4L6 4L6 8L2 8Z');
});

it('draws nothing for what is not on the canvas', () => {
  drawPrompts(svg, [inside], () => null);
  expect(layer.children).toHaveLength(0);
});
