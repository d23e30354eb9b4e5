export interface StartOptions {
  readonly help: boolean;
  readonly port: number;
  /** Release of the viewer. */
  readonly host: string;
  readonly address: string;
  /** Folder of DICOM files; left away: the demo study. */
  readonly data?: string;
  /** Folders or URLs; left away: the default bundle. */
  readonly bundles?: readonly string[];
}

export const usage: string;
export function parseOptions(given: readonly string[]): StartOptions;
