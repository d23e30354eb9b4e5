import { BUNDLE_CUSTOMIZATION } from './ohif/controller/bundle-address';
import { defaultColours } from './ohif/overlays/appearance';
import { COLOURS_CUSTOMIZATION } from './ohif/overlays/deployed-colours';

/** What a deployment can override through the customization service. */
export function getCustomizationModule() {
  return [
    {
      name: 'default',
      value: {
        /** Address of the model bundle; empty: `window.config.spa.bundle`, else the folder `bundle/` beside the plugin. */
        [BUNDLE_CUSTOMIZATION]: '',
        [COLOURS_CUSTOMIZATION]: defaultColours,
      },
    },
  ];
}
