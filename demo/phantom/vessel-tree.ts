import type { Random } from '../../extension/src/core/random';
import type { Position, Shape } from './shape';

// Taken out of the global once: looked up per voxel it is slow where modules run in a sandbox, as in the tests.
const { max, min, round, sin, sqrt } = Math;

/** A piece of a vessel: a cone between two points, radii and coordinates in mm. */
export interface VesselSegment {
  readonly from: Position;
  readonly to: Position;
  readonly fromRadius: number;
  readonly toRadius: number;
}

interface Node {
  readonly at: Position;
  readonly parent: number;
  readonly pathLength: number;
  radius: number;
}

interface TreeOptions {
  /** Points of the large vessels that are there already; the tree leaves from them. */
  readonly roots: readonly Position[];
  /** Where the tree may grow. */
  readonly region: Shape;
  /** Which side: -1 the patient's right, 1 left. */
  readonly side: 1 | -1;
  /** Number of twigs. */
  readonly twigs: number;
  /** Radius of a twig, mm. */
  readonly twigRadius: number;
  /** Places the tree must reach by a branch of at least `radius` mm: feeding vessels of nodules. */
  readonly feeds: readonly { readonly at: Position; readonly radius: number }[];
}

const STEP = 5;
/** Exponent of Murray's law as measured in lungs: r_parent^n = sum of r_child^n. */
const MURRAY = 2.5;

/** Grows a tree that fills the region: twig after twig, nearest first, each joined where the way is short and smooth. */
export function growVesselTree(options: TreeOptions, random: Random): VesselSegment[] {
  const nodes: Node[] = options.roots.map(at => ({ at, parent: -1, pathLength: 0, radius: 0 }));
  const targets = scatter(options, random);
  const feedAt = new Map<number, number>();
  for (const feed of options.feeds) {
    joinTarget(nodes, feed.at, random, options.region, true);
    feedAt.set(nodes.length - 1, feed.radius);
  }
  const tips: number[] = [];
  for (const target of targets) {
    if (joinTarget(nodes, target, random, options.region, false)) tips.push(nodes.length - 1);
  }
  return withRadii(nodes, tips, options.twigRadius, feedAt);
}

function scatter({ region, side, twigs, roots }: TreeOptions, random: Random): Position[] {
  const found: { at: Position; order: number }[] = [];
  for (let tries = 0; found.length < twigs && tries < twigs * 12; tries++) {
    const at: Position = [
      side * (16 + 116 * random.uniform()),
      -82 + 168 * random.uniform(),
      -78 + 150 * random.uniform(),
    ];
    if (region.distance(...at) > -3) continue;
    const order = min(...roots.map(root => distance(root, at))) * (0.6 + 0.8 * random.uniform());
    found.push({ at, order });
  }
  return found.sort((a, b) => a.order - b.order).map(({ at }) => at);
}

/** Adds a gently bent path from the best node of the tree to the target; false if none is free. */
function joinTarget(nodes: Node[], target: Position, random: Random, region: Shape, force: boolean): boolean {
  let best = -1;
  let bestCost = Infinity;
  for (let i = 0; i < nodes.length; i++) {
    const node = nodes[i];
    if (!node) continue;
    const reach = distance(node.at, target);
    if (reach >= bestCost) continue;
    const turn = 1 - turnCosine(nodes, node, target);
    const cost = reach * (1 + 0.55 * turn) + 0.16 * node.pathLength;
    if (cost < bestCost) {
      bestCost = cost;
      best = i;
    }
  }
  const start = nodes[best];
  if (!start) return false;
  const length = distance(start.at, target);
  const middle = between(start.at, target, 0.5);
  if (!force && length > 12 && region.distance(...middle) > 3) return false;
  const steps = max(1, round(length / STEP));
  const sway: Position = [random.normal(), random.normal(), random.normal()];
  let parent = best;
  for (let k = 1; k <= steps; k++) {
    const t = k / steps;
    const bend = sin(Math.PI * t) * min(2.2, 0.07 * length);
    const [x, y, z] = between(start.at, target, t);
    const jitter = k < steps ? 0.28 : 0;
    const at: Position = [
      x + sway[0] * bend + jitter * random.normal(),
      y + sway[1] * bend + jitter * random.normal(),
      z + sway[2] * bend + jitter * random.normal(),
    ];
    nodes.push({ at, parent, pathLength: start.pathLength + length * t, radius: 0 });
    parent = nodes.length - 1;
  }
  return true;
}

/** Cosine between the direction in which a node was reached and the way on to the target; 0.3 at a root. */
function turnCosine(nodes: readonly Node[], node: Node, target: Position): number {
  const before = nodes[node.parent];
  if (!before) return 0.3;
  const ax = node.at[0] - before.at[0];
  const ay = node.at[1] - before.at[1];
  const az = node.at[2] - before.at[2];
  const bx = target[0] - node.at[0];
  const by = target[1] - node.at[1];
  const bz = target[2] - node.at[2];
  return (
    (ax * bx + ay * by + az * bz) /
    (sqrt(ax ** 2 + ay ** 2 + az ** 2) * sqrt(bx ** 2 + by ** 2 + bz ** 2) + 1e-9)
  );
}

function withRadii(
  nodes: readonly Node[],
  tips: readonly number[],
  twigRadius: number,
  feedAt: ReadonlyMap<number, number>,
): VesselSegment[] {
  const flow = new Float64Array(nodes.length);
  for (const tip of tips) flow[tip] = (flow[tip] ?? 0) + twigRadius ** MURRAY;
  for (const [tip, radius] of feedAt) flow[tip] = (flow[tip] ?? 0) + radius ** MURRAY;
  // A child always comes after its parent.
  for (let i = nodes.length - 1; i >= 0; i--) {
    const parent = nodes[i]?.parent ?? -1;
    if (parent >= 0) flow[parent] = (flow[parent] ?? 0) + (flow[i] ?? 0);
  }
  const segments: VesselSegment[] = [];
  nodes.forEach((node, i) => {
    node.radius = (flow[i] ?? 0) ** (1 / MURRAY);
    const parent = nodes[node.parent];
    if (!parent) return;
    const fromRadius = min(parent.radius, node.radius * 1.25);
    segments.push({ from: parent.at, to: node.at, fromRadius, toRadius: node.radius });
  });
  return segments;
}

function distance(a: Position, b: Position): number {
  return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}

function between(a: Position, b: Position, t: number): Position {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}
