import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npzFile } from './npz-file';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundle = path.join(root, 'test/inference/tiny-bundle');
let folder: string;
let data: string;
/** No two images of a patient lie next to each other. */
let apart: string;

/** Images of 32 x 32 with a disc that two readers draw larger or smaller, and a text for each in `texts`. */
function discs(count: number, texts: Readonly<Record<string, readonly string[]>> = {}): Uint8Array {
  const size = 32;
  const image = new Uint8Array(count * size * size);
  const bits = new Uint8Array((count * 2 * size * size) / 8);
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const distance = Math.hypot(x - 12 - n, y - 16);
        image[(n * size + y) * size + x] = distance < 7 ? 200 : 50;
        [6, 8].forEach((radius, reader) => {
          const bit = ((n * 2 + reader) * size + y) * size + x;
          if (distance < radius) bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (128 >> (bit & 7));
        });
      }
    }
  }
  return npzFile({
    image: { shape: [count, size, size], data: image },
    masks_packed: { shape: [count, (2 * size * size) / 8], data: bits },
    patient: { shape: [count], data: Array.from({ length: count }, (_, n) => `p${Math.max(1, n)}`) },
    ...Object.fromEntries(
      Object.entries(texts).map(([name, entries]) => [name, { shape: [count], data: entries }]),
    ),
  });
}

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spa-evaluate-'));
  data = path.join(folder, 'discs.npz');
  writeFileSync(data, discs(4));
  apart = path.join(folder, 'apart.npz');
  writeFileSync(apart, discs(3, { slice: ['s-1', 's-3', 's-2'] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

function evaluate(...options: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(
    process.execPath,
    ['--import', 'tsx', 'tools/evaluate/main.ts', '--bundle', bundle, ...options],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
  );
}

const isListOfSix = Array.from({ length: 6 }, () => expect.any(Number));

describe('npm run evaluate', () => {
  it('writes exactly one JSON object to standard output, the same with one process as with two', () => {
    const first = evaluate('--data', data, '--seed', '3', '--json', '--jobs', '1');
    expect(first.stderr).toContain('Dice@1');
    expect(first.status).toBe(0);
    const method = {
      dice: isListOfSix,
      noi: {
        '75': expect.any(Number),
        '80': expect.any(Number),
        '85': expect.any(Number),
        '90': expect.any(Number),
      },
      best: isListOfSix,
      distinct: isListOfSix,
      clicks: expect.any(Number),
      obeyed: 1,
      elsewhere: expect.any(Number),
      diceInterval: Array.from({ length: 6 }, () => ({
        low: expect.any(Number),
        high: expect.any(Number),
      })),
    };
    const cards = {
      cases: expect.any(Number),
      shown: expect.any(Number),
      moreThanTwo: expect.any(Number),
      distinct: null,
      components: expect.any(Number),
      crumbs: expect.any(Number),
    };
    expect(JSON.parse(first.stdout)).toEqual({
      cases: 4,
      seed: 3,
      target: 'reader',
      bundle: { name: 'tiny', version: '1.0.0', bytes: expect.any(Number) },
      methods: {
        spa: method,
        clicks: method,
        mean: { ...method, clicks: 0, obeyed: null, elsewhere: null },
      },
      cards: { agreeing: expect.anything(), disagreeing: cards },
    });
    expect(evaluate('--data', data, '--seed', '3', '--json', '--jobs', '2').stdout).toBe(first.stdout);
  }, 60_000);

  it('tells with --contradict what became of clicks against what was said before', () => {
    const { stdout } = evaluate('--data', data, '--contradict', '--methods', 'spa', '--json', '--jobs', '1');
    expect(JSON.parse(stdout)).toMatchObject({
      contradictions: { clicks: 12, obeyed: expect.any(Number), elsewhere: expect.any(Number) },
    });
  }, 60_000);

  it('measures with --profile what a learnt preference is worth, the same with one process as with two', () => {
    const file = path.join(folder, 'readers.npz');
    writeFileSync(file, discs(10));
    const profile = (jobs: string) =>
      evaluate('--data', file, '--profile', '--after', '2,1', '--json', '--jobs', jobs);
    const first = profile('1');
    expect(first.stderr).toContain('after 2');
    const gain = {
      dice: expect.any(Number),
      gain: expect.any(Number),
      interval: { low: expect.any(Number), high: expect.any(Number) },
      least: expect.any(Number),
    };
    expect(JSON.parse(first.stdout)).toEqual({
      cases: 16,
      seed: 1,
      target: 'reader',
      bundle: { name: 'tiny', version: '1.0.0', bytes: expect.any(Number) },
      methods: {},
      profile: {
        readers: 2,
        sittings: 2,
        cases: 16,
        fresh: expect.any(Number),
        groups: 'sittings',
        after: [
          { cases: 1, ...gain },
          { cases: 2, ...gain },
        ],
      },
    });
    expect(profile('2').stdout).toBe(first.stdout);
  }, 120_000);

  it('measures with --follow what following a structure is worth, the same with one process as with two', () => {
    const file = path.join(folder, 'slices.npz');
    const patient = ['p', 'p', 'p', 'q', 'q'];
    const slice = ['s-1.png', 's-2.png', 's-3.png', 's-9.png', 's-10.png'];
    writeFileSync(file, discs(5, { patient, slice }));
    const follow = (jobs: string) => evaluate('--data', file, '--follow', '--json', '--jobs', jobs);
    const first = follow('1');
    expect(first.stderr).toContain('6 pairs, 2 patients');
    const interval = { low: expect.any(Number), high: expect.any(Number) };
    const beginning = { dice: expect.any(Number), interval, good: expect.any(Number) };
    const number = expect.any(Number);
    const proposal = {
      ...beginning,
      best: number,
      answers: { 75: number, 80: number, 85: number, 90: number },
    };
    expect(JSON.parse(first.stdout)).toEqual({
      cases: 6,
      seed: 1,
      target: 'reader',
      bundle: { name: 'tiny', version: '1.0.0', bytes: expect.any(Number) },
      methods: {},
      follow: {
        pairs: 6,
        patients: 2,
        copied: beginning,
        clicked: proposal,
        followed: proposal,
        gain: { points: expect.any(Number), interval },
      },
    });
    expect(follow('2').stdout).toBe(first.stdout);
  }, 120_000);

  it('measures with --calibration whether probabilities mean what they say, the same with one process as with two', () => {
    const calibrate = (jobs: string) => evaluate('--data', data, '--calibration', '--json', '--jobs', jobs);
    const first = calibrate('1');
    expect(first.stderr).toContain('First proposals of 4 cases');
    const number = expect.any(Number);
    const error = { pixels: number, ece: number, interval: { low: number, high: number } };
    const report = JSON.parse(first.stdout);
    expect(report).toEqual({
      cases: 4,
      seed: 1,
      target: 'reader',
      bundle: { name: 'tiny', version: '1.0.0', bytes: number },
      methods: {},
      calibration: { all: error, disputed: error, bins: expect.any(Array) },
    });
    expect(report.calibration.bins[0]).toEqual({ pixels: number, probability: number, agreement: number });
    expect(calibrate('2').stdout).toBe(first.stdout);
  }, 60_000);

  it('writes nothing to standard output without --json', () => {
    const { status, stdout, stderr } = evaluate(
      '--data',
      data,
      '--limit',
      '1',
      '--methods',
      'mean',
      '--jobs',
      '1',
    );
    expect(stderr).toContain('mean');
    expect(stdout).toBe('');
    expect(status).toBe(0);
  }, 60_000);

  it.each([
    ['no data', [], 'Name the data with --data'],
    ['an unknown option', ['--dta', 'x'], '--dta'],
    ['an unknown method', ['--data', 'x', '--methods', 'magic'], '--methods knows spa, clicks, mean'],
    ['too few cases for a profile', ['--data', 'DATA', '--profile'], 'a smaller --after'],
    ['a profile of methods', ['--data', 'x', '--profile', '--methods', 'spa'], 'leave out --profile'],
    ['following with a first prompt', ['--data', 'x', '--follow', '--first', 'box'], 'leave out --follow'],
    ['--after with --follow', ['--data', 'x', '--follow', '--after', '3'], '--after belongs to --profile'],
    ['two measurements', ['--data', 'x', '--follow', '--profile'], 'one by one'],
    [
      'calibration of methods',
      ['--data', 'x', '--calibration', '--methods', 'spa'],
      'leave out --calibration',
    ],
    ['images without neighbours', ['--data', 'DATA', '--follow'], "has no array 'slice'"],
    ['images apart', ['--data', 'APART', '--follow'], 'has no two images next to each other'],
    ['--after alone', ['--data', 'x', '--after', '3'], '--after belongs to --profile'],
    ['a file that is not there', ['--data', '/nowhere.npz'], '/nowhere.npz cannot be read'],
    ['a bundle that is not there', ['--data', 'x', '--bundle', '/nowhere'], '--bundle'],
  ])(
    'says in a sentence what to do about %s',
    (_what, options, words) => {
      const files: Readonly<Record<string, string>> = { DATA: data, APART: apart };
      const named = options.map(option => files[option] ?? option);
      const { status, stdout, stderr } = evaluate(...named);
      expect(stderr).toContain(words);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stdout).toBe('');
      expect(status).toBe(1);
    },
    60_000,
  );

  it.each(['tiny-reference', 'tiny-sam'])('runs a bundle built like SAM: %s', name => {
    const other = path.join(root, 'test/inference', name);
    const { status, stdout } = evaluate('--bundle', other, '--data', data, '--limit', '2', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      cases: 2,
      methods: { spa: { dice: isListOfSix }, clicks: { dice: isListOfSix }, mean: { dice: isListOfSix } },
    });
  });
});
