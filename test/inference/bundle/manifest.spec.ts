import { readFileSync } from 'node:fs';
import { SpaError } from '../../../extension/src/core/error';
import { readManifest } from '../../../extension/src/inference/bundle/manifest';

type Edit = (manifest: Record<string, unknown>) => void;

type Bundle = 'tiny-bundle' | 'tiny-reference' | 'tiny-sam';

function manifest(bundle: Bundle = 'tiny-bundle'): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`../${bundle}/manifest.json`, import.meta.url), 'utf8'));
}

/** Sets a value in a nested object: 'input.size'. */
function set(path: string, value: unknown): Edit {
  return whole => {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let at = whole;
    for (const name of names) at = at[name] as Record<string, unknown>;
    if (value === undefined) Reflect.deleteProperty(at, last);
    else at[last] = value;
  };
}

function refusal(edit: Edit, bundle?: Bundle): SpaError {
  const edited = manifest(bundle);
  edit(edited);
  try {
    readManifest(edited);
  } catch (error) {
    if (error instanceof SpaError) return error;
    throw error;
  }
  throw new Error('It was accepted.');
}

describe('a manifest', () => {
  it('gives the description of its network', () => {
    const read = readManifest(manifest());
    expect(read).toMatchObject({ name: 'tiny', version: '1.0.0', modalities: ['CT'], temperature: 1 });
    expect(read.network).toEqual({
      engine: 'bayes',
      inputSize: 32,
      outputSize: 32,
      inputChannels: 1,
      mean: [0.5],
      std: [0.25],
      promptChannels: ['positive', 'negative', 'box', 'previous'],
      pointSigma: 2.5,
      latent: {
        dimension: 2,
        samples: 8,
        components: 4,
        prior: { weights: [1], means: [[0, 0]], variances: [[1, 1]] },
      },
      structureFraction: 0.5,
      mirrored: false,
      threshold: 0.5,
    });
    expect([...read.graphs.keys()]).toEqual(['encoder', 'prompt', 'head']);
  });

  it('may say how much answers teach', () => {
    const edited = manifest();
    set('latent.adaptationTemperature', 3)(edited);
    expect(readManifest(edited).network.latent.adaptationTemperature).toBe(3);
  });

  it('may leave out calibration and modalities', () => {
    const edited = manifest();
    set('calibration', undefined)(edited);
    set('modalities', undefined)(edited);
    expect(readManifest(edited)).toMatchObject({
      temperature: 1,
      modalities: [],
      network: { threshold: 0.5 },
    });
  });

  it('of another major version is refused by its name', () => {
    const error = refusal(set('format', 'spa-bundle/2'));
    expect(error.code).toBe('bundle-version');
    expect(error.message).toContain('spa-bundle/2');
  });

  it.each([undefined, 7, 'something else', null, 'spa-bundle/' + 'x'.repeat(1000)])(
    'with the format %p is no bundle',
    value => {
      expect(refusal(set('format', value)).code).toBe('bundle-invalid');
    },
  );

  it.each([null, 3, 'text', [], true])('that is %p is refused', value => {
    expect(() => readManifest(value)).toThrow(SpaError);
  });

  it('takes nothing from a prototype', () => {
    const edited = manifest();
    delete edited['name'];
    const inherited = Object.create({ name: 'inherited' });
    expect(() => readManifest(Object.assign(inherited, edited))).toThrow(/name must be a text/);
  });

  it('says whether the network is also asked in the mirror', () => {
    const mirrored = manifest();
    set('fieldOfView.mirrored', true)(mirrored);
    expect(readManifest(mirrored).network).toMatchObject({ mirrored: true });
  });

  it.each([
    ['name', undefined],
    ['name', ''],
    ['name', 'x'.repeat(1000)],
    ['version', 1],
    ['license', null],
    ['engine', 'other'],
    ['input', []],
    ['input.size', '32'],
    ['input.size', 32.5],
    ['input.size', 1e9],
    ['input.size', Number.NaN],
    ['input.channels', 2],
    ['input.mean', [1, 2]],
    ['input.mean', ['0']],
    ['input.std', [0]],
    ['input.std', [Number.POSITIVE_INFINITY]],
    ['prompt', undefined],
    ['prompt.channels', []],
    ['prompt.channels', ['positive', 'positive']],
    ['prompt.channels', ['constructor']],
    ['prompt.pointSigma', 0],
    ['fieldOfView.structureFraction', 2],
    ['fieldOfView.mirrored', 'yes'],
    ['calibration', 'high'],
    ['calibration.temperature', 0],
    ['calibration.threshold', 1],
    ['weights', 'fp8'],
    ['modalities', 'CT'],
    ['modalities', [1]],
    ['latent.dim', 0],
    ['latent.samples', 1e6],
    ['latent.components', -1],
    ['latent.adaptationTemperature', 0],
    ['latent.prior', undefined],
    ['latent.prior.weights', []],
    ['latent.prior.weights', [0.5]],
    ['latent.prior.means', [[0]]],
    ['latent.prior.means', [[0, Number.NaN]]],
    ['latent.prior.variances', [[1, 0]]],
    ['latent.prior.variances', [1, 1]],
    ['graphs', undefined],
    ['graphs.head', undefined],
    ['graphs.head.bytes', 0],
    ['graphs.head.bytes', 1e15],
    ['graphs.head.sha256', 'abc'],
    ['graphs.head.sha256', 'z'.repeat(64)],
    ['graphs.head.file', 5],
  ])('says where it is wrong when %s is %p', (path, value) => {
    const error = refusal(set(path, value));
    expect(error.code).toBe('bundle-invalid');
    expect(error.message).toContain(path);
    expect(error.message.length).toBeLessThan(500);
  });
});

describe('the known answer of a manifest', () => {
  const check = {
    image: 'sin(0.13 * row) + cos(0.09 * column)',
    point: { x: 10, y: 20 },
    latent: [0.5, -1],
    logits: [{ row: 3, column: 31, value: -1.25 }],
  };
  const known =
    (edit: Edit): Edit =>
    whole => {
      whole['check'] = structuredClone(check);
      edit(whole);
    };

  it('is read as it stands, and may be missing', () => {
    const edited = manifest();
    expect(readManifest(edited).check).toBeNull();
    set('check', check)(edited);
    expect(readManifest(edited).check).toEqual(check);
  });

  it('has no latent where the network takes none', () => {
    const edited = manifest('tiny-sam');
    set('check', { ...check, latent: [], logits: [{ row: 3, column: 7, value: 1 }] })(edited);
    expect(readManifest(edited).check?.latent).toEqual([]);
  });

  it.each([
    ['check', 5],
    ['check.image', 'noise'],
    ['check.point', undefined],
    ['check.point.x', 32],
    ['check.point.y', -1],
    ['check.latent', [0.5]],
    ['check.latent', [0.5, 'one']],
    ['check.logits', []],
    ['check.logits', [{ row: 32, column: 0, value: 0 }]],
    ['check.logits', [{ row: 0, column: 0.5, value: 0 }]],
    ['check.logits', [{ row: 0, column: 0, value: Number.NaN }]],
  ])('says where it is wrong when %s is %p', (path, value) => {
    const error = refusal(known(set(path, value)));
    expect(error.code).toBe('bundle-invalid');
    expect(error.message).toContain(path);
  });
});

describe('a manifest of a network built like SAM', () => {
  it('describes the published method', () => {
    const read = readManifest(manifest('tiny-reference'));
    expect(read.network).toEqual({
      engine: 'reference',
      inputSize: 32,
      outputSize: 8,
      enlarge: 'nearest',
      inputChannels: 3,
      mean: [0, 0, 0],
      std: [1, 1, 1],
      pointOrder: 'yx',
      logitThreshold: 0.5,
      latent: {
        dimension: 2,
        samples: 6,
        components: 3,
        prior: { weights: [0.5, 0.25, 0.25], means: [[0], [0.5], [1]], variances: [[1], [1], [0.5]] },
      },
    });
    expect([...read.graphs.keys()]).toEqual(['encoder', 'prompt', 'weights', 'head']);
  });

  it('describes a plain SAM, whose three masks need no latent, and its files of weights', () => {
    const read = readManifest(manifest('tiny-sam'));
    expect(read.network).toMatchObject({
      engine: 'sam',
      outputSize: 8,
      enlarge: 'bilinear',
      pointOrder: 'xy',
      logitThreshold: 0,
      latent: { dimension: 0, samples: 3 },
    });
    expect([...read.graphs.keys()]).toEqual(['encoder', 'head']);
    expect(read.graphs.get('head')?.data.map(({ file, bytes }) => [file, bytes])).toEqual([
      ['head.weights', 512],
    ]);
  });

  it('may say how a mask is enlarged', () => {
    const edited = manifest('tiny-reference');
    set('output.enlarge', 'bilinear')(edited);
    expect(readManifest(edited).network).toMatchObject({ enlarge: 'bilinear' });
  });

  it.each([
    ['input.pointOrder', undefined],
    ['input.pointOrder', 'rows'],
    ['output.size', undefined],
    ['output.size', 0],
    ['output.size', 1e9],
    ['output.enlarge', 'cubic'],
    ['fieldOfView', undefined],
    ['fieldOfView.kind', 'crop'],
    ['calibration.logitThreshold', '0.5'],
    ['calibration.logitThreshold', 1e9],
    ['latent', undefined],
    [
      'latent.prior.means',
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    ['graphs.weights', undefined],
    ['graphs.head.data', 'head.weights'],
    ['graphs.head.data', [{ file: '../head.weights', sha256: 'a'.repeat(64), bytes: 1 }]],
    ['graphs.head.data', [{ file: 'other/head.weights', sha256: 'a'.repeat(64), bytes: 1 }]],
    ['graphs.head.data', [{ file: 'head.weights', sha256: 'a', bytes: 1 }]],
    ['graphs.head.data', [{ file: 'head.weights', sha256: 'a'.repeat(64), bytes: 1e15 }]],
  ])('says where it is wrong when %s is %p', (path, value) => {
    const error = refusal(set(path, value), 'tiny-reference');
    expect(error.code).toBe('bundle-invalid');
    expect(error.message).toContain(path);
  });

  it.each(['fieldOfView.kind', 'output.size'])('has another %s than one of the engine bayes', path => {
    const edit: Edit = whole => {
      const [section = '', field = ''] = path.split('.');
      whole[section] = { structureFraction: 0.5, ...(whole[section] as object), [field]: 8 };
    };
    expect(refusal(edit).message).toContain(path);
  });
});
