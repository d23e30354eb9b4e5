export interface ReadOptions {
  /** Nothing longer than this is read. */
  readonly mostBytes: number;
  /** Called with the number of bytes that have newly arrived. */
  readonly onBytes?: (count: number) => void;
  readonly signal?: AbortSignal | undefined;
  /** Asks past every cache: what came before was not what the manifest promises. */
  readonly afresh?: boolean;
}

/** A file is longer than it may be. */
export class FileTooLongError extends Error {
  override readonly name = 'FileTooLongError';
  constructor(file: string, mostBytes: number) {
    super(`${file} is longer than the ${mostBytes} bytes that it may have.`);
  }
}

/** Where a bundle's files come from: an address (`http-source.ts`) or, in the tools, a folder. */
export interface BundleSource {
  /**
   * `file` is a plain path below the bundle. Rejects with `bundle-missing`, `FileTooLongError` or the signal's reason.
   */
  read(file: string, options: ReadOptions): Promise<Uint8Array<ArrayBuffer>>;
}
