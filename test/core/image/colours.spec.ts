import { meaning, type Rgb } from '../../../extension/src/core/image/colours';

/** What is left of linear red, green and blue with one kind of cones missing: Machado, Oliveira, Fernandes 2009, severity 1. */
const visions: Readonly<Record<string, readonly Rgb[]>> = {
  'every kind of cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const linear = (value: number): number =>
  value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
const weighed = ([a, b, c]: Rgb, [x, y, z]: Rgb): number => a * x + b * y + c * z;

/** CIELAB of a colour as it is seen: differences of about 2 are just noticed side by side, of 20 at a glance. */
function seen([red, green, blue]: Rgb, [toRed, toGreen, toBlue]: readonly Rgb[]): Rgb {
  if (toRed === undefined || toGreen === undefined || toBlue === undefined) throw new Error('Three rows.');
  const light: Rgb = [linear(red), linear(green), linear(blue)];
  const left: Rgb = [weighed(toRed, light), weighed(toGreen, light), weighed(toBlue, light)];
  const root = (share: number): number => (share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116);
  const x = root(weighed([0.4124, 0.3576, 0.1805], left) / 0.9505);
  const y = root(weighed([0.2126, 0.7152, 0.0722], left));
  const z = root(weighed([0.0193, 0.1192, 0.9505], left) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

describe.each(Object.entries(visions))('with %s', (_, vision) => {
  const { recommended, adds, removes } = meaning;

  test.each(Object.entries({ recommended, adds, removes }))(
    '%s is not a grey of the image',
    (_name, colour) => {
      const [, a, b] = seen(colour, vision);
      expect(Math.hypot(a, b)).toBeGreaterThan(30);
    },
  );

  test.each([
    ['the recommended mask and an alternative', recommended, adds],
    ['what an alternative adds and what it removes', adds, removes],
  ] as const)('%s are told apart', (_pair, first, second) => {
    const [one, other] = [seen(first, vision), seen(second, vision)];
    expect(Math.hypot(one[0] - other[0], one[1] - other[1], one[2] - other[2])).toBeGreaterThan(60);
  });
});
