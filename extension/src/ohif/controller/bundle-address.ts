import type { ViewerConfiguration } from '../host/viewer-configuration';
import type { Services } from '../host/host-types';

/** Customization by which a deployment names the bundle's address. */
export const BUNDLE_CUSTOMIZATION = 'spa.bundle';
/** Customization by which a deployment lists several, between which the user may switch. */
export const BUNDLES_CUSTOMIZATION = 'spa.bundles';

/** A model bundle that the deployment offers. */
export interface DeployedBundle {
  /** Absolute, or relative to the page. */
  readonly url: string;
  /** What the panel calls it until it was loaded. */
  readonly label: string;
}

/**
 * The model bundles of this deployment; the first is loaded. The customization `spa.bundles` or `spa.bundle`, else `window.config.spa.bundles`
 * or `.bundle` of the viewer's `app-config.js`, else the folder `bundle/` beside this script. Where one is named and several are listed, the
 * one named comes first.
 */
export function deployedBundles(
  services: Services,
  configuration: ViewerConfiguration | undefined,
): readonly [DeployedBundle, ...DeployedBundle[]] {
  const customized = (name: string): unknown => services.customizationService.getCustomization(name);
  for (const { bundle, bundles } of [
    { bundle: customized(BUNDLE_CUSTOMIZATION), bundles: customized(BUNDLES_CUSTOMIZATION) },
    { bundle: configuration?.spa?.bundle, bundles: configuration?.spa?.bundles },
  ]) {
    const listed = (Array.isArray(bundles) ? bundles : []).flatMap(described);
    const named = described(bundle).map(own => listed.find(({ url }) => url === own.url) ?? own);
    const [first, ...others] = [...named, ...listed.filter(({ url }) => url !== named[0]?.url)];
    if (first !== undefined) return [first, ...others];
  }
  const url = new URL('./bundle/', import.meta.url).href;
  return [{ url, label: lastName(url) }];
}

/** An entry is an address, or `{ url, label }`; what is neither names no bundle. */
function described(entry: unknown): DeployedBundle[] {
  if (typeof entry === 'string') return entry === '' ? [] : [{ url: entry, label: lastName(entry) }];
  if (typeof entry !== 'object' || entry === null) return [];
  const { url, label } = entry as { readonly url?: unknown; readonly label?: unknown };
  if (typeof url !== 'string' || url === '') return [];
  return [{ url, label: typeof label === 'string' && label !== '' ? label : lastName(url) }];
}

/** The folder's name: of "https://host/models/lung/manifest.json" it is "lung". */
function lastName(url: string): string {
  const path = url.replace(/[?#].*$/, '').replace(/(?:^|\/)manifest\.json$/, '');
  return path.split('/').filter(Boolean).at(-1) ?? url;
}
