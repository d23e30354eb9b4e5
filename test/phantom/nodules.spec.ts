import { STUDY_GRID, worldToPixel } from '../../demo/phantom/grid';
import { noduleOnImage, nodules, type Nodule, type NoduleKind } from '../../demo/phantom/nodules';
import { makePhantom } from '../../demo/phantom/phantom';
import { DEMO_SEED } from '../../demo/phantom/study';

const phantom = makePhantom(DEMO_SEED, STUDY_GRID);
const slices = new Map<number, Float32Array>();

function sliceOf(nodule: Nodule): Float32Array {
  const { slice } = noduleOnImage(nodule, STUDY_GRID);
  const known = slices.get(slice) ?? phantom.ideal(slice);
  slices.set(slice, known);
  return known;
}

/** HU at an offset of (dx, dy) mm from the nodule's centre. */
function huAt(nodule: Nodule, dx = 0, dy = 0): number {
  const column = Math.round(worldToPixel(STUDY_GRID, nodule.centre[0] + dx));
  const row = Math.round(worldToPixel(STUDY_GRID, nodule.centre[1] + dy));
  return sliceOf(nodule)[row * STUDY_GRID.size + column] ?? NaN;
}

/** Values on a circle around the nodule. */
function ring(nodule: Nodule, radius: number): number[] {
  return Array.from({ length: 72 }, (_, i) => {
    const angle = (i / 72) * 2 * Math.PI;
    return huAt(nodule, radius * Math.cos(angle), radius * Math.sin(angle));
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function theOne(kind: NoduleKind): Nodule {
  const found = nodules.find(nodule => nodule.kind === kind);
  if (!found) throw new Error(`the phantom has no ${kind} nodule`);
  return found;
}

describe('the nodules of the phantom', () => {
  it('are at least six, of different kinds, in both lungs and on the study', () => {
    expect(new Set(nodules.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(6);
    expect(nodules.filter(({ centre }) => centre[0] > 0).length).toBeGreaterThanOrEqual(3);
    expect(nodules.filter(({ centre }) => centre[0] < 0).length).toBeGreaterThanOrEqual(3);
    for (const nodule of nodules) {
      const { slice } = noduleOnImage(nodule, STUDY_GRID);
      expect(slice).toBeGreaterThan(5);
      expect(slice).toBeLessThan(42);
    }
  });

  it('show a part-solid one and one at the chest wall on the middle slice, in different lungs', () => {
    const [first, second] = [theOne('part-solid'), theOne('juxtapleural')];
    expect(noduleOnImage(first, STUDY_GRID).slice).toBe(24);
    expect(noduleOnImage(second, STUDY_GRID).slice).toBe(24);
    expect(first.centre[0] * second.centre[0]).toBeLessThan(0);
  });

  it.each(['part-solid', 'spiculated', 'juxtapleural', 'juxtavascular', 'solid', 'lobulated'] as const)(
    'has soft tissue at the centre of the %s one',
    kind => {
      expect(huAt(theOne(kind))).toBeGreaterThan(-120);
      expect(huAt(theOne(kind))).toBeLessThan(200);
    },
  );

  it('has haze, not tissue, at the centre of the ground-glass one, and lung around it', () => {
    const nodule = theOne('ground-glass');
    const inside = [...ring(nodule, 2), ...ring(nodule, 3), ...ring(nodule, 4)];
    expect(median(inside)).toBeGreaterThan(-720);
    expect(median(inside)).toBeLessThan(-420);
    expect(median(ring(nodule, 15))).toBeLessThan(-800);
  });

  it('has air in the cavity, a wall around it and lung outside', () => {
    const nodule = theOne('cavitary');
    expect(huAt(nodule, -1.6, 1.2)).toBeLessThan(-900);
    expect(median(ring(nodule, 8))).toBeGreaterThan(-350);
    expect(median(ring(nodule, 17))).toBeLessThan(-780);
  });

  it('offers no edge between the juxtapleural nodule and the wall', () => {
    const nodule = theOne('juxtapleural');
    const outward = Array.from({ length: 12 }, (_, i) => huAt(nodule, i));
    expect(Math.min(...outward)).toBeGreaterThan(-60);
    expect(huAt(nodule, -13)).toBeLessThan(-700);
  });

  it.each([
    ['part-solid', 3],
    ['ground-glass', 3],
    ['spiculated', 2],
  ] as const)('fades the border of the %s one over %d mm and more', (kind, width) => {
    const nodule = theOne(kind);
    const radii = Array.from({ length: 60 }, (_, i) => i * 0.35);
    const profile = radii.map(radius => median(ring(nodule, radius)));
    const high = Math.max(...profile);
    const low = Math.min(...profile);
    const between = profile.filter(hu => hu > low + 0.1 * (high - low) && hu < high - 0.1 * (high - low));
    expect(between.length * 0.35).toBeGreaterThan(width);
  });

  it('gives the spiculated one an outline that runs out in several straws', () => {
    const nodule = theOne('spiculated');
    const dense = ring(nodule, nodule.radius + 1).map(hu => hu > -650);
    const strands = dense.filter((here, i) => here && !dense[(i + 71) % 72]).length;
    expect(strands).toBeGreaterThanOrEqual(4);
  });
});
