import { expect, it } from '@jest/globals';
import { decimalString } from '../../../extension/src/ohif/seg/decimal-string';

const values = [0, -10, 0.5, 1 / 3, -1 / 3, 2 / 3e5, Math.PI * 1e13, -Math.PI * 1e13, 10.000000000000002];
const tiny = [6.123233995736766e-17, -6.123233995736766e-17, 4.774847184307873e-12, -1.234567890123456e-100];

it.each([...values, ...tiny])('writes %d in at most 16 characters, as near as they allow', value => {
  const text = decimalString(value);
  expect(text.length).toBeLessThanOrEqual(16);
  expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(1e-8 * Math.abs(value));
});

it('leaves a number that fits as it is', () => {
  expect(decimalString(0.48828125)).toBe('0.48828125');
  expect(decimalString(-512)).toBe('-512');
});
