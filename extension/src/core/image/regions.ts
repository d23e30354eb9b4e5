import type { Point } from './slice';
import { squaredDepth } from './squared-depth';

/** Pixels of an image, row-major; anything but 0 is inside. */
export interface Region {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** The pixel that lies deepest inside, the first in reading order of equals; null for an empty region. */
export function deepestPoint({ width, height, pixels }: Region): Point | null {
  const depth = squaredDepth(pixels, width, height);
  let best = -1;
  for (let i = 0; i < depth.length; i++) {
    if (pixels[i] !== 0 && (best < 0 || (depth[i] ?? 0) > (depth[best] ?? 0))) best = i;
  }
  return best < 0 ? null : { x: best % width, y: Math.floor(best / width) };
}

/** The largest set of pixels that hang together by their sides, the first in reading order of equals; null for an empty region. */
export function largestComponent(region: Region): { region: Region; area: number } | null {
  const { labels, areas } = labelledComponents(region);
  const area = areas.reduce((most, each) => Math.max(most, each), 0);
  if (area === 0) return null;
  const label = areas.indexOf(area) + 1;
  const { width, height } = region;
  return {
    region: { width, height, pixels: Uint8Array.from(labels, each => (each === label ? 1 : 0)) },
    area,
  };
}

/** What of a region hangs together by its sides with any of the pixels `seeds`, 1 inside; seeds outside of the region do not count. */
export function connectedTo({ width, height, pixels }: Region, seeds: Uint8Array): Uint8Array {
  const found = new Uint8Array(width * height);
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (pixels[i] === 0 || found[i] !== 0) return;
    found[i] = 1;
    stack.push(i);
  };
  for (let i = 0; i < seeds.length; i++) if (seeds[i] !== 0) visit(i);
  spread(stack, width, pixels.length, visit);
  return found;
}

/** Area of each set of pixels that hang together by their sides, in reading order of their first pixels. */
export function componentAreas(region: Region): readonly number[] {
  return labelledComponents(region).areas;
}

/** Labels count from 1, 0 outside; the area of label l is `areas[l - 1]`. */
function labelledComponents({ width, height, pixels }: Region): { labels: Int32Array; areas: number[] } {
  const labels = new Int32Array(width * height);
  const areas: number[] = [];
  const stack: number[] = [];
  const visit = (i: number): void => {
    if (pixels[i] === 0 || labels[i] !== 0) return;
    labels[i] = areas.length;
    stack.push(i);
  };
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] === 0 || labels[start] !== 0) continue;
    areas.push(0);
    visit(start);
    areas[areas.length - 1] = spread(stack, width, pixels.length, visit);
  }
  return { labels, areas };
}

/** Visits the neighbours of what is on the stack, where `visit` puts those to go on from; returns how many came from there. */
function spread(stack: number[], width: number, count: number, visit: (i: number) => void): number {
  let taken = 0;
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    taken++;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < count - width) visit(i + width);
  }
  return taken;
}
