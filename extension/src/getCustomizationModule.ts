import { BUNDLE_CUSTOMIZATION, BUNDLES_CUSTOMIZATION } from './ohif/controller/bundle-address';
import { REMEMBER_CUSTOMIZATION } from './ohif/controller/reader-memory';
import { COLOURS_CUSTOMIZATION, customaryColours } from './ohif/overlays/deployed-colours';

/** What a deployment can override through the customization service. */
export function getCustomizationModule() {
  return [
    {
      name: 'default',
      value: {
        /** Address of the model bundle; empty: that of `window.config.spa`, else the folder `bundle/` beside the plugin. */
        [BUNDLE_CUSTOMIZATION]: '',
        /** Addresses, or `{ url, label }`, of bundles between which the user may switch; the one above or the first is loaded. */
        [BUNDLES_CUSTOMIZATION]: [],
        [COLOURS_CUSTOMIZATION]: customaryColours,
        /** 'user', 'browser' or 'nobody'; empty: that of `window.config.spa`, else 'user'. */
        [REMEMBER_CUSTOMIZATION]: '',
      },
    },
  ];
}
