import type { Services } from '../host/host-types';

/** Customization by which a deployment names the bundle's address. */
export const BUNDLE_CUSTOMIZATION = 'spa.bundle';

interface ViewerConfiguration {
  readonly spa?: { readonly bundle?: unknown };
}

/**
 * Address of the model bundle: the customization `spa.bundle`, else `window.config.spa.bundle` of the viewer's `app-config.js` (relative
 * to the page), else the folder `bundle/` beside this script.
 */
export function bundleAddress(services: Services, configuration: ViewerConfiguration | undefined): string {
  const customized = services.customizationService.getCustomization(BUNDLE_CUSTOMIZATION);
  if (typeof customized === 'string' && customized !== '') return customized;
  const configured = configuration?.spa?.bundle;
  if (typeof configured === 'string' && configured !== '') return configured;
  return new URL('./bundle/', import.meta.url).href;
}
