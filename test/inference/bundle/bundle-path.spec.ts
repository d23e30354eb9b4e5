import { bundleFolder, isPlainPath } from '../../../extension/src/inference/bundle/bundle-path';

describe('the path of a file in a bundle', () => {
  it.each(['encoder.onnx', 'graphs/head-v2.onnx', 'a/b/c_1.bin'])('may be %s', path => {
    expect(isPlainPath(path)).toBe(true);
  });

  it.each([
    '../secret',
    'graphs/../../secret',
    'graphs/..',
    '..',
    '.',
    '.hidden',
    '/etc/passwd',
    '//other.host/file',
    'https://other.host/file',
    'data:,x',
    'file:x',
    'a\\..\\b',
    '%2e%2e/secret',
    'a%2f..',
    'a//b',
    'a/',
    'a?b',
    'a#b',
    'a b',
    'a\0',
    '',
    'x'.repeat(201),
  ])('may not be %p', path => {
    expect(isPlainPath(path)).toBe(false);
  });
});

describe('the folder of a bundle', () => {
  it.each([
    ['https://host/models/default', 'https://host/models/default/'],
    ['https://host/models/default/', 'https://host/models/default/'],
    ['https://host/models/default/manifest.json?v=3#x', 'https://host/models/default/'],
    ['https://host/', 'https://host/'],
    ['https://host/manifest.json', 'https://host/'],
  ])('of %s is %s', (address, folder) => {
    expect(bundleFolder(address).href).toBe(folder);
  });

  it('may be named relative to a page', () => {
    expect(bundleFolder('models/a', 'https://host/viewer/index.html').href).toBe(
      'https://host/viewer/models/a/',
    );
  });
});
