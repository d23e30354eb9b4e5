import { expect, it } from '@jest/globals';
import { isValidMode } from '../../mode/src/valid-mode';

it.each(['CT', 'MR', 'US', 'CR', 'DX', 'MG', 'PT\\CT', 'CT\\SEG', 'SR\\MR', 'OT', ''])(
  'suits a study with %s',
  modalities => {
    expect(isValidMode({ modalities })).toEqual({ valid: true, description: '' });
  },
);

it.each(['SM', 'ECG', 'SR', 'SEG\\SR'])(
  'does not suit a study of nothing but %s, and says why',
  modalities => {
    const { valid, description } = isValidMode({ modalities });
    expect(valid).toBe(false);
    expect(description).toContain(modalities.split('\\')[0]);
  },
);

it('may be tried where the host does not know the modalities', () => {
  expect(isValidMode({}).valid).toBe(true);
});
