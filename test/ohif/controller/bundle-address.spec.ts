import { deployedBundles } from '../../../extension/src/ohif/controller/bundle-address';
import type { Services } from '../../../extension/src/ohif/host/host-types';

function services(customized: Readonly<Record<string, unknown>> = {}): Services {
  return {
    customizationService: { getCustomization: (name: string) => customized[name] },
  } as unknown as Services;
}

describe('the bundles of a deployment', () => {
  it('are the one beside the script where nothing is said', () => {
    const [only, ...others] = deployedBundles(services({ 'spa.bundle': '', 'spa.bundles': [] }), undefined);
    expect(only.url).toMatch(/\/bundle\/$/);
    expect(only.label).toBe('bundle');
    expect(others).toEqual([]);
  });

  it('are listed in the configuration as addresses or with a label, the first of which is loaded', () => {
    const bundles = ['/models/lung/', { url: 'https://x/y/manifest.json', label: 'Prostate MR' }];
    expect(deployedBundles(services(), { spa: { bundles } })).toEqual([
      { url: '/models/lung/', label: 'lung' },
      { url: 'https://x/y/manifest.json', label: 'Prostate MR' },
    ]);
  });

  it('begin with the one that is named, listed or not', () => {
    const bundles = ['/a/', { url: '/b/', label: 'B' }];
    const urls = (bundle: string) =>
      deployedBundles(services(), { spa: { bundle, bundles } }).map(({ label }) => label);
    expect(urls('/b/')).toEqual(['B', 'a']);
    expect(urls('/c/')).toEqual(['c', 'a', 'B']);
  });

  it('are those of the customization rather than those of the configuration', () => {
    const found = deployedBundles(services({ 'spa.bundles': ['/own/'] }), { spa: { bundle: '/other/' } });
    expect(found).toEqual([{ url: '/own/', label: 'own' }]);
  });

  it('leave out what names no address', () => {
    const bundles = [null, 7, '', {}, { url: 3 }, { label: 'x' }, '/a/?v=1'];
    expect(deployedBundles(services(), { spa: { bundles } })).toEqual([{ url: '/a/?v=1', label: 'a' }]);
  });
});
