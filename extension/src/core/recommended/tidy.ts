import { componentsAt, connectedComponents, type Component } from '../image/components';

/** A part beside the structure belongs to it if it is no farther than this share of the crop's side ... */
const SATELLITE_GAP = 0.06;
/** ... and no smaller than this share of the structure. */
const SATELLITE_AREA = 0.05;

/**
 * A map [S,S] reduced to one story: the regions above the threshold that hold an anchor, and satellites close to them; everything
 * else is set to 0. Without a region at the anchors the largest one stays. Returns a new map.
 */
export function tidyMap(
  map: Float32Array,
  size: number,
  threshold: number,
  anchors: Uint8Array,
): Float32Array {
  const found = connectedComponents(map, size, threshold);
  if (found.components.length <= 1) return map.slice();
  const anchored = componentsAt(found, anchors);
  const main = anchored.length > 0 ? anchored : largest(found.components);
  const area = main.reduce((sum, component) => sum + component.area, 0);
  const kept = new Set([0]);
  for (const component of found.components) {
    const satellite =
      component.area >= SATELLITE_AREA * area &&
      main.some(part => gap(part, component) <= SATELLITE_GAP * size);
    if (main.includes(component) || satellite) kept.add(component.label);
  }
  return map.map((value, i) => (kept.has(found.labels[i] as number) ? value : 0));
}

function largest(components: readonly Component[]): Component[] {
  return [...components].sort((a, b) => b.area - a.area).slice(0, 1);
}

/** Distance between two bounding boxes along the farther axis, in model pixels. */
function gap(a: Component, b: Component): number {
  const across = Math.max(a.left - b.right, b.left - a.right, 0);
  const down = Math.max(a.top - b.bottom, b.top - a.bottom, 0);
  return Math.max(across, down);
}
