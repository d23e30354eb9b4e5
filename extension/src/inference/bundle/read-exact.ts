import { FileTooLongError, type ReadOptions } from './source';

interface Expected {
  readonly bytes: number;
  /** Whether a file of that length is the one. */
  readonly isRight?: (bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>;
}

/**
 * A file that is known beforehand; null if another one lies there. Asks past the caches once, because a stale copy there would fail for ever.
 * `onBytes` is called with a negative number when the file is loaded again.
 */
export async function readExact(
  read: (options: ReadOptions) => Promise<Uint8Array<ArrayBuffer>>,
  { bytes: length, isRight }: Expected,
  { onBytes, signal }: Pick<ReadOptions, 'onBytes' | 'signal'>,
): Promise<Uint8Array<ArrayBuffer> | null> {
  for (const afresh of [false, true]) {
    let arrived = 0;
    const count = (more: number): void => {
      arrived += more;
      onBytes?.(more);
    };
    try {
      const bytes = await read({ mostBytes: length, onBytes: count, signal, afresh });
      // Checking the hash of a large file for no one would take seconds.
      signal?.throwIfAborted();
      if (bytes.length === length && (await (isRight?.(bytes) ?? true))) return bytes;
    } catch (error) {
      if (!(error instanceof FileTooLongError)) throw error;
    }
    onBytes?.(-arrived);
  }
  return null;
}
