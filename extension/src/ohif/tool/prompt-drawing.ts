import type { Prompt } from '../../core/prompts/prompts';
import type { Point } from '../../core/image/slice';
import type { Point2, SvgDrawing } from '../host/cornerstone-types';

const SVG = 'http://www.w3.org/2000/svg';
const POSITIVE = '#22c55e';
const NEGATIVE = '#ff7a45';
const BOX = '#f8fafc';

type Attributes = Readonly<Record<string, string | number>>;

/** A shape and, under it, the same shape in black and wider: readable on bright and on dark pixels. */
interface Shape {
  readonly tag: 'circle' | 'path' | 'polygon';
  readonly attributes: Attributes;
}

/**
 * Draws prompts into the viewport's SVG layer, in canvas pixels, so that they stay small and crisp at every zoom. Inside is a green disc
 * with a plus, outside an orange diamond with a minus: they differ in shape as well as in colour.
 */
export function drawPrompts(
  svg: SvgDrawing,
  prompts: readonly Prompt[],
  toCanvas: (point: Point) => Point2 | null,
): void {
  prompts.forEach((prompt, index) => {
    const key = `spa-prompt-${index}-${keyOf(prompt)}`;
    if (prompt.kind === 'point') {
      const at = toCanvas(prompt.at);
      if (at !== null) drawGroup(svg, key, prompt.positive ? plus : minus, `translate(${at[0]} ${at[1]})`);
    } else {
      const corners = prompt.kind === 'box' ? cornersOf(prompt.from, prompt.to) : prompt.points;
      const points = corners.map(toCanvas).filter(point => point !== null);
      const closed = prompt.kind === 'box';
      const colour = closed ? BOX : prompt.positive ? POSITIVE : NEGATIVE;
      if (points.length > 1) drawGroup(svg, key, outline(points, closed, colour), '');
    }
  });
}

function keyOf(prompt: Prompt): string {
  return prompt.kind === 'box' ? 'box' : `${prompt.kind}-${prompt.positive ? 'in' : 'out'}`;
}

/** Corners in order around the box; a rotated view turns it with the image. */
function cornersOf(a: Point, b: Point): Point[] {
  return [a, { x: b.x, y: a.y }, b, { x: a.x, y: b.y }];
}

/** Small: a lesion of a few pixels must show around its marker in a whole slice. */
const plus: readonly Shape[] = [
  { tag: 'circle', attributes: { r: 4.5, fill: POSITIVE, stroke: '#000', 'stroke-width': 1 } },
  { tag: 'path', attributes: { d: 'M-2.5 0H2.5M0 -2.5V2.5', stroke: '#fff', 'stroke-width': 1.4 } },
];

const minus: readonly Shape[] = [
  {
    tag: 'polygon',
    attributes: { points: '0,-5.8 5.8,0 0,5.8 -5.8,0', fill: NEGATIVE, stroke: '#000', 'stroke-width': 1 },
  },
  { tag: 'path', attributes: { d: 'M-2.6 0H2.6', stroke: '#000', 'stroke-width': 1.6 } },
];

function outline(points: readonly Point2[], closed: boolean, colour: string): readonly Shape[] {
  const d = `M${points.map(([x, y]) => `${x} ${y}`).join('L')}${closed ? 'Z' : ''}`;
  return [
    {
      tag: 'path',
      attributes: { d, fill: 'none', stroke: '#000', 'stroke-width': 3, 'stroke-opacity': 0.6 },
    },
    {
      tag: 'path',
      attributes: { d, fill: 'none', stroke: colour, 'stroke-width': 1.5, 'stroke-dasharray': '5 3' },
    },
  ];
}

/** The host removes groups that were not touched while it drew. */
function drawGroup(svg: SvgDrawing, key: string, shapes: readonly Shape[], transform: string): void {
  const existing = svg.getSvgNode(key);
  const group = existing ?? document.createElementNS(SVG, 'g');
  if (transform !== '') group.setAttribute('transform', transform);
  shapes.forEach((shape, i) => {
    const present = group.children[i];
    const node = present ?? group.appendChild(document.createElementNS(SVG, shape.tag));
    for (const [name, value] of Object.entries(shape.attributes)) node.setAttribute(name, String(value));
  });
  if (existing) svg.setNodeTouched(key);
  else {
    group.setAttribute('data-cy', key.replace(/^spa-prompt-\d+/, 'spa-prompt'));
    group.setAttribute('pointer-events', 'none');
    svg.appendNode(group, key);
  }
}
