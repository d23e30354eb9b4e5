import {
  areaInSquareMillimetres,
  areaUnitOf,
  formatArea,
  formatDiameters,
  formatDifference,
  formatMegabytes,
  formatShare,
  formatSide,
  formatVolume,
} from '../../extension/src/panel/format';
import { card } from './fake-store';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

test.each([
  [0.04, '0.04 mm²'],
  [8.4, '8.4 mm²'],
  [49.04, '49.0 mm²'],
  [157.3, '157 mm²'],
  [9876, '9876 mm²'],
  [45678, '457 cm²'],
])('writes an area of %p mm² as %p', (area, expected) => {
  const unit = areaUnitOf({ recommended: null, candidates: [card(area, 0)] });
  expect(plain(formatArea(area, unit))).toBe(expected);
});

test.each([
  [4.26, '4.3 mm³'],
  [523.4, '523 mm³'],
  [999.9, '1000 mm³'],
  [1238, '1.24 cm³'],
  [45_678, '45.7 cm³'],
  [1_534_000, '1534 cm³'],
  [NaN, '–'],
])('writes a volume of %p mm³ as %p', (volume, expected) => {
  expect(plain(formatVolume(volume))).toBe(expected);
});

test('writes the areas of one proposal in one unit', () => {
  const recommended = { ...card(8152, null), certainShare: 1 };
  expect(areaUnitOf({ recommended, candidates: [card(49, 0), card(173, 0)] })).toBe('mm²');
  expect(areaUnitOf({ recommended, candidates: [card(49, 0), card(17300, 0)] })).toBe('cm²');
  expect(plain(formatArea(49, 'cm²'))).toBe('0.49 cm²');
});

test('counts pixels where the slice has no spacing', () => {
  const { statistics, ...rest } = card(12345, 0);
  const unit = areaUnitOf({
    recommended: null,
    candidates: [{ ...rest, statistics: { ...statistics, unit: 'px' } }],
  });
  expect(plain(formatArea(12345, unit))).toBe('12 345 px');
});

test('writes both diameters with one unit', () => {
  const statistics = { unit: 'mm', area: 1, longestDiameter: 9.12, perpendicularDiameter: 7.2 } as const;
  expect(plain(formatDiameters(statistics))).toBe('9.1 × 7.2 mm');
});

test.each([
  [-83, '\u221283 %'],
  [54.4, '+54 %'],
  [0.3, '±0 %'],
  [-0.3, '±0 %'],
  [2400, '×25'],
])('writes a difference of %p per cent as %p', (percent, expected) => {
  expect(plain(formatDifference(percent))).toBe(expected);
});

test('never shows NaN', () => {
  const statistics = { unit: 'mm', area: NaN, longestDiameter: NaN, perpendicularDiameter: 1 } as const;
  const all = [formatArea(NaN, 'mm²'), formatDiameters(statistics), formatDifference(NaN), formatShare(NaN)];
  expect(all).toEqual(['\u2013', '\u2013', '\u2013', '\u2013']);
});

test('keeps a number and its unit on one line', () => {
  const all = [formatMegabytes(9_640_000), formatShare(0.71), formatSide(48.2, 'mm'), formatDifference(54)];
  expect(all).toEqual(['9.6\u00a0MB', '71\u00a0%', '48\u00a0mm', '+54\u00a0%']);
});

test('gives no square millimetres for a mask without spacing', () => {
  const statistics = { area: 49.04321, longestDiameter: 9, perpendicularDiameter: 7 };
  expect(areaInSquareMillimetres({ ...statistics, unit: 'mm' })).toBe(49.043);
  expect(areaInSquareMillimetres({ ...statistics, unit: 'px' })).toBeUndefined();
});
