interface Options {
  /** Receives one short line for each thing that takes time. */
  readonly log?: (line: string) => void;
}

export const pluginFolder: string;
export const cacheFolder: string;
export function ensureDependencies(options?: Options): Promise<void>;
export function ensureBuild(options?: Options): Promise<string>;
export function ensureViewer(version: string, options?: Options): Promise<string>;
export function hashOf(places: readonly string[]): Promise<string>;
