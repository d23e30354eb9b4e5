export const viewerVersions: readonly string[];
export const defaultViewerVersion: string;
export function fetchViewer(
  version: string,
  folder: string,
  log: (line: string) => void,
  source?: { readonly registry?: string; readonly cache?: string },
): Promise<string>;
