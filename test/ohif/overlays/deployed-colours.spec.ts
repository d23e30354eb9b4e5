import { expect, it } from '@jest/globals';
import { meaning } from '../../../extension/src/core/image/colours';
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
  expect(deployed({ recommended: [255, 0, 0], candidate: [0, 0, 255], removes: [0, 255, 0] })).toEqual({
    recommended: [255, 0, 0],
    adds: [0, 0, 255],
    removes: [0, 255, 0],
  });
  expect(deployed({ candidate: [0, 0, 255] })).toEqual({ ...meaning, adds: [0, 0, 255] });
});

it.each([undefined, {}, { recommended: 'red' }, { recommended: [1, 2] }, { recommended: [0, 0, 256] }])(
  'keeps its own colours where the deployment names none that is one: %j',
  value => {
    expect(deployed(value)).toEqual(meaning);
  },
);
