import { expect, it } from '@jest/globals';
import { defaultColours } from '../../../extension/src/ohif/overlays/appearance';
import {
  COLOURS_CUSTOMIZATION,
  deployedColours,
} from '../../../extension/src/ohif/overlays/deployed-colours';

const deployed = (value: unknown) =>
  deployedColours({
    customizationService: {
      getCustomization: id => (id === COLOURS_CUSTOMIZATION ? value : undefined),
      setCustomizations: () => undefined,
    },
  });

it('takes the colours of the deployment', () => {
  expect(deployed({ recommended: [255, 0, 0], candidate: [0, 0, 255] })).toEqual({
    recommended: [255, 0, 0],
    candidate: [0, 0, 255],
  });
});

it.each([undefined, {}, { recommended: 'red' }, { recommended: [1, 2] }, { recommended: [0, 0, 256] }])(
  'keeps its own colours where the deployment names none that is one: %j',
  value => {
    expect(deployed(value)).toEqual(defaultColours);
  },
);
