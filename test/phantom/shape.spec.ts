import { blendedUnion, ellipsoid, grown, smoothMinimum, tube } from '../../demo/phantom/shape';

describe('shapes', () => {
  it('measure an ellipsoid by its distance along each axis', () => {
    const shape = ellipsoid([10, 0, 0], [4, 6, 8]);
    expect(shape.distance(14, 0, 0)).toBeCloseTo(0);
    expect(shape.distance(15, 0, 0)).toBeCloseTo(1);
    expect(shape.distance(10, 5, 0)).toBeCloseTo(-1);
    expect(shape.distance(10, 0, 8)).toBeCloseTo(0);
    expect(shape.distance(10, 0, 0)).toBeLessThan(0);
  });

  it('turn an ellipsoid about the axis of the body', () => {
    const turned = ellipsoid([0, 0, 0], [4, 8, 4], { z: Math.PI / 2 });
    expect(turned.distance(8, 0, 0)).toBeCloseTo(0);
    expect(turned.distance(0, 4, 0)).toBeCloseTo(0);
  });

  it('taper a tube from one radius to the next', () => {
    const shape = tube([
      [0, 0, 0, 4],
      [0, 0, 10, 2],
    ]);
    expect(shape.distance(5, 0, 0)).toBeCloseTo(1);
    expect(shape.distance(3, 0, 5)).toBeCloseTo(0);
    expect(shape.distance(0, 0, 13)).toBeCloseTo(1);
    expect(shape.bounds).toEqual({ min: [-4, -4, -4], max: [4, 4, 12] });
  });

  it('grow and shrink by millimetres', () => {
    const ball = ellipsoid([0, 0, 0], [5, 5, 5]);
    expect(grown(ball, 2).distance(7, 0, 0)).toBeCloseTo(0);
    expect(grown(ball, -2).distance(3, 0, 0)).toBeCloseTo(0);
  });

  it('fill the crease between neighbours and leave what is far apart alone', () => {
    const union = blendedUnion([ellipsoid([-6, 0, 0], [5, 5, 5]), ellipsoid([6, 0, 0], [5, 5, 5])], 6);
    expect(union.distance(0, 0, 0)).toBeLessThan(0);
    expect(union.distance(-13, 0, 0)).toBeCloseTo(2);
    expect(smoothMinimum(1, 9, 4)).toBe(1);
  });
});
