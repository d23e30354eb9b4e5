import { chooseLook, type Look } from '../../../extension/src/core/view/choose-look';
import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';

const size = 200;

/** A look whose structure is a disc around the middle, in pixels of 1 mm. */
function look(side: number, radius: number): Look {
  const pixels = new Uint8Array(size * size);
  for (let i = 0; i < pixels.length; i++) {
    if (Math.hypot((i % size) - 100, Math.floor(i / size) - 100) <= radius) pixels[i] = 1;
  }
  return {
    crop: { centre: { x: 100, y: 100 }, side },
    mask: encodeMask(pixels, size, size),
    share: Math.min(1, (2 * radius + 1) / side),
  };
}

describe('the look that is trusted', () => {
  it('shows what its neighbour shows as well, at the size nearer to the wanted one', () => {
    // From near everything is inside; from the middle on there is a disc of radius 30.
    const looks = [look(36, 18), look(72, 36), look(144, 30), look(200, 30)];
    expect(chooseLook(looks, 0.35)?.chosen).toBe(looks[3]);
  });

  it('is not one whose structure fills it or is lost in it, however well two agree', () => {
    const looks = [look(36, 6), look(72, 6), look(144, 6), look(200, 6)];
    expect(chooseLook(looks, 0.35)?.chosen).toBe(looks[0]);
    const full = [look(36, 17.5), look(72, 12), look(144, 12)];
    expect(chooseLook(full, 0.35)?.chosen).toBe(full[1]);
  });

  it('is not one of two that agree best where the structure is cut off in both', () => {
    const looks = [look(36, 17.5), look(40, 18), look(144, 24), look(200, 28)];
    expect(chooseLook(looks, 0.35)?.chosen).toBe(looks[2]);
  });

  it('is the only one where only one found something, and none where none did', () => {
    const only = look(72, 12);
    expect(chooseLook([only], 0.35)).toEqual({ chosen: only, others: [] });
    expect(chooseLook([], 0.35)).toBeNull();
  });
});

describe('the look that is trusted once the user has corrected what was shown', () => {
  const looks = [look(36, 7), look(72, 7), look(144, 24), look(200, 60)];

  it('is the one whose structure explains the correction, not one of the two that agree', () => {
    expect(chooseLook(looks, 0.35)?.chosen).toBe(looks[0]);
    const explains = (structure: Mask) => (structure === looks[2]?.mask ? 0.9 : 0.4);
    expect(chooseLook(looks, 0.35, explains)?.chosen).toBe(looks[2]);
  });

  it('is, of two that explain it alike, the one that shows the structure at a fitting size', () => {
    const [small, cut, whole] = [look(36, 7), look(72, 30), look(144, 30)];
    const explains = (structure: Mask) => (structure === small.mask ? 0.1 : 0.8);
    expect(chooseLook([small, cut, whole], 0.35, explains)?.chosen).toBe(whole);
  });

  it('is one of those that agree where no structure explains it', () => {
    const farther = [look(36, 18), look(72, 36), look(144, 30), look(200, 30)];
    expect(chooseLook(farther, 0.35, () => 0)?.chosen).toBe(farther[3]);
  });
});

describe('other looks', () => {
  it('show other structures: first those that two looks agree on most, none alike', () => {
    const looks = [look(36, 7), look(72, 7), look(100, 30), look(144, 31), look(200, 60)];
    const result = chooseLook(looks, 0.35);
    expect(result?.chosen).toBe(looks[0]);
    const radii = result?.others.map(other => Math.round(Math.sqrt(other.mask.area / Math.PI)));
    expect(radii).toHaveLength(2);
    expect(radii?.[0]).toBeGreaterThanOrEqual(29);
    expect(radii?.[0]).toBeLessThanOrEqual(32);
    expect(radii?.[1]).toBeGreaterThan(55);
  });

  it('are none that only one look shows', () => {
    const looks = [look(36, 7), look(72, 7), look(144, 24), look(200, 80)];
    expect(chooseLook(looks, 0.35)?.others).toEqual([]);
  });

  it('are those of which the farther look shows a part, not those of which the nearer one does', () => {
    // Discs of 24 and 60 have Dice .28 to each other.
    const fromAfar = [look(36, 7), look(72, 7), look(144, 24), look(300, 60)];
    expect(chooseLook(fromAfar, 0.35)?.others).toEqual([fromAfar[2]]);
  });

  it('are at most two, and none where all looks show the same', () => {
    const many = [
      look(36, 7),
      look(72, 7),
      look(72, 20),
      look(120, 21),
      look(200, 36),
      look(200, 37),
      look(300, 72),
      look(300, 73),
    ];
    expect(chooseLook(many, 0.35)?.others).toHaveLength(2);
    expect(chooseLook([look(36, 7), look(72, 7.5), look(100, 8)], 0.35)?.others).toHaveLength(0);
  });
});
