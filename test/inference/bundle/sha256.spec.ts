import { sha256 } from '../../../extension/src/inference/bundle/sha256';

const abc = new TextEncoder().encode('abc');
const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('SHA-256', () => {
  it('is the published digest', async () => {
    expect(await sha256(abc)).toBe(expected);
  });

  it('is the same where the page has no secure context', async () => {
    const { crypto } = globalThis;
    Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
    try {
      expect(await sha256(abc)).toBe(expected);
    } finally {
      Object.defineProperty(globalThis, 'crypto', { value: crypto, configurable: true });
    }
  });
});
