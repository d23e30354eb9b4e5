/** What a deployment may write for this extension into the viewer's `app-config.js`; nothing of it is checked yet. */
export interface ViewerConfiguration {
  readonly spa?: { readonly bundle?: unknown; readonly bundles?: unknown; readonly remember?: unknown };
}

/** Undefined outside of a viewer. */
export function viewerConfiguration(): ViewerConfiguration | undefined {
  return (globalThis as { config?: ViewerConfiguration }).config;
}
