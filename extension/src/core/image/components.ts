/** A connected region of a map above a threshold, in model pixels. */
export interface Component {
  readonly label: number;
  readonly area: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Components {
  /** [S,S]: 0 outside, else the component's label, from 1. */
  readonly labels: Int32Array;
  readonly components: readonly Component[];
}

/** By 8 neighbours, or by the 4 that share an edge: a map that is enlarged falls apart where pixels share but a corner. */
type Joined = 'over-corners' | 'over-edges';

/** The connected regions of a square map [S,S] above the threshold. */
export function connectedComponents(
  map: Float32Array,
  size: number,
  threshold: number,
  joined: Joined = 'over-corners',
): Components {
  const labels = new Int32Array(map.length);
  const components: Component[] = [];
  const stack: number[] = [];
  for (let start = 0; start < map.length; start++) {
    if (labels[start] !== 0 || !((map[start] as number) > threshold)) continue;
    const label = components.length + 1;
    let [area, left, right, top, bottom] = [0, size, -1, size, -1];
    labels[start] = label;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const u = at % size;
      const v = (at - u) / size;
      area++;
      left = Math.min(left, u);
      right = Math.max(right, u);
      top = Math.min(top, v);
      bottom = Math.max(bottom, v);
      for (let y = Math.max(0, v - 1); y <= Math.min(size - 1, v + 1); y++) {
        for (let x = Math.max(0, u - 1); x <= Math.min(size - 1, u + 1); x++) {
          if (joined === 'over-edges' && x !== u && y !== v) continue;
          const next = y * size + x;
          if (labels[next] !== 0 || !((map[next] as number) > threshold)) continue;
          labels[next] = label;
          stack.push(next);
        }
      }
    }
    components.push({ label, area, left, right, top, bottom });
  }
  return { labels, components };
}

/** Components that hold at least one anchor pixel (anything but 0 in [S,S]). */
export function componentsAt(found: Components, anchors: Uint8Array): Component[] {
  const hit = new Set<number>();
  anchors.forEach((anchor, i) => {
    if (anchor !== 0) hit.add(found.labels[i] as number);
  });
  return found.components.filter(component => hit.has(component.label));
}
