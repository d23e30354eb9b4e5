import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveBundle } from '../../tools/serve/resolve-bundle';

const root = path.resolve(fileURLToPath(new URL('../..', import.meta.url)));

describe('where npm start finds a model bundle', () => {
  it('takes the address of a folder, with or without a slash, and that of its manifest', () => {
    for (const given of ['', '/', '/manifest.json', '/manifest.json?v=2'])
      expect(resolveBundle(`https://models.example/lung${given}`, root)).toBe('https://models.example/lung/');
  });

  it('takes a folder, relative ones from where the command was given, and a manifest in it', () => {
    const folder = path.join(root, 'models', 'default');
    for (const given of ['models/default', 'models/default/', 'models/default/manifest.json', folder])
      expect(resolveBundle(given, root)).toBe(folder);
  });

  it('names the folder that is no bundle, and what to do', () => {
    expect(() => resolveBundle('models/training', root)).toThrow(
      /models.training is no model bundle: it has no manifest\.json.*--bundle/,
    );
  });

  it('says that an address is none', () => {
    expect(() => resolveBundle('https://', root)).toThrow('https:// is no URL');
  });
});
