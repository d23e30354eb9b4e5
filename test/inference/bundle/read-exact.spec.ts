import { jest } from '@jest/globals';
import { readExact } from '../../../extension/src/inference/bundle/read-exact';
import { FileTooLongError, type ReadOptions } from '../../../extension/src/inference/bundle/source';

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => Uint8Array.from(values);

describe('a file that is known beforehand', () => {
  it('is asked for once where it is the one', async () => {
    const read = jest.fn(async () => bytes(1, 2, 3));
    await expect(readExact(read, { bytes: 3 }, {})).resolves.toEqual(bytes(1, 2, 3));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is asked for past the caches where a shorter, longer or other one is kept there, and no byte counts twice', async () => {
    for (const stale of [bytes(1), bytes(9, 9, 9), null]) {
      let loaded = 0;
      const read = async ({ afresh, onBytes }: ReadOptions): Promise<Uint8Array<ArrayBuffer>> => {
        if (afresh !== true && stale === null) throw new FileTooLongError('file', 3);
        const found = afresh === true || stale === null ? bytes(1, 2, 3) : stale;
        onBytes?.(found.length);
        return found;
      };
      const isRight = async (found: Uint8Array): Promise<boolean> => found[0] === 1;
      const options = { onBytes: (count: number) => (loaded += count) };
      await expect(readExact(read, { bytes: 3, isRight }, options)).resolves.toEqual(bytes(1, 2, 3));
      expect(loaded).toBe(3);
    }
  });

  it('is not there where the server itself has another one', async () => {
    const read = async (): Promise<Uint8Array<ArrayBuffer>> => bytes(1, 2);
    await expect(readExact(read, { bytes: 3 }, {})).resolves.toBeNull();
  });

  it('that cannot be read at all is no other one: what went wrong is told', async () => {
    const read = (): Promise<never> => Promise.reject(new Error('HTTP 404'));
    await expect(readExact(read, { bytes: 3 }, {})).rejects.toThrow('HTTP 404');
  });
});
