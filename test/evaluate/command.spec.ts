import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { discs } from './discs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bundle = path.join(root, 'test/inference/tiny-bundle');
let folder: string;
let data: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spa-evaluate-'));
  data = path.join(folder, 'discs.npz');
  writeFileSync(data, discs(4));
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
    ['options', ['--dta', 'x'], '--dta'],
    ['data', ['--data', '/nowhere.npz'], '/nowhere.npz cannot be read'],
  ])(
    'says in a sentence, and nothing on standard output, what to do about wrong %s',
    (_what, options, words) => {
      const { status, stdout, stderr } = evaluate(...options);
      expect(stderr).toContain(words);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stdout).toBe('');
      expect(status).toBe(1);
    },
    60_000,
  );
});
