import { decodeMask, encodeMask } from '../../../extension/src/core/image/mask';
import { largestPart } from '../../../extension/src/core/image/largest-part';
import { deepestPoint, largestComponent } from '../../../extension/src/core/image/regions';
import { seededRandom } from '../../../extension/src/core/random';
import { emptyMask } from './empty-mask';

describe('the largest part of a mask', () => {
  it('is the same as on the whole image, wherever the mask lies', () => {
    const random = seededRandom(3);
    const [width, height] = [23, 17];
    for (let round = 0; round < 40; round++) {
      const corner = { x: random.below(12), y: random.below(9) };
      const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
        const [x, y] = [i % width, Math.floor(i / width)];
        return x >= corner.x && y >= corner.y && random.uniform() < 0.6 ? 1 : 0;
      });
      const found = largestPart(encodeMask(pixels, width, height));
      const wanted = largestComponent({ width, height, pixels });
      expect(found === null ? null : decodeMask(found.part)).toEqual(wanted?.region.pixels ?? null);
      expect(found?.deepest).toEqual(wanted === null ? undefined : deepestPoint(wanted.region));
    }
  });

  it('is nothing where the mask is empty', () => {
    expect(largestPart(emptyMask(5, 4))).toBeNull();
  });
});
