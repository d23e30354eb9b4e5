/** @jest-environment ./test/inference/onnx-environment.mjs */
import { jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEvaluateArguments } from '../../tools/evaluate/arguments';
import { evaluate } from '../../tools/evaluate/evaluate';
import type { Report } from '../../tools/evaluate/report';
import { UsageError } from '../../tools/usage-error';
import { discs } from './discs';
import { inThisProcess } from './in-this-process';

const bundles = fileURLToPath(new URL('../inference/', import.meta.url));
let folder: string;
/** Four images of three patients. */
let data: string;
/** No two images of a patient lie next to each other. */
let apart: string;
let told: jest.SpiedFunction<typeof console.error>;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spa-evaluate-'));
  data = file('discs', discs(4));
  apart = file('apart', discs(3, { slice: ['s-1', 's-3', 's-2'] }));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  told = jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => told.mockRestore());

function file(name: string, bytes: Uint8Array): string {
  const written = path.join(folder, `${name}.npz`);
  writeFileSync(written, bytes);
  return written;
}

async function report(...options: readonly string[]): Promise<Report> {
  const parsed = parseEvaluateArguments(['--bundle', path.join(bundles, 'tiny-bundle'), ...options]);
  if (parsed === 'help') throw new Error('No options were given.');
  return evaluate(parsed, inThisProcess);
}

/** What is told on standard error. */
const lines = (): string => told.mock.calls.flat().join('\n');

const number = expect.any(Number);
const isListOfSix = Array.from({ length: 6 }, () => number);
const interval = { low: number, high: number };
const tiny = { name: 'tiny', version: '1.0.0', bytes: number };

// Computing takes seconds, and several times as many on a machine that has other work.
jest.setTimeout(60_000);

describe('an evaluation', () => {
  it('tells with --contradict what became of clicks against what was said before', async () => {
    const options = ['--data', data, '--contradict', '--methods', 'spa'];
    expect(await report(...options)).toMatchObject({
      contradictions: { clicks: 12, obeyed: number, elsewhere: number },
    });
  });

  it('measures with --profile what a learnt preference is worth', async () => {
    const options = ['--data', file('readers', discs(10)), '--profile', '--after', '2,1'];
    const first = await report(...options);
    expect(lines()).toContain('after 2');
    const gain = { dice: number, gain: number, interval, least: number };
    expect(first).toEqual({
      cases: 16,
      seed: 1,
      target: 'reader',
      bundle: tiny,
      methods: {},
      profile: {
        readers: 2,
        sittings: 2,
        cases: 16,
        fresh: number,
        groups: 'sittings',
        after: [
          { cases: 1, ...gain },
          { cases: 2, ...gain },
        ],
      },
    });
  });

  it('measures with --follow what following a structure is worth', async () => {
    const patient = ['p', 'p', 'p', 'q', 'q'];
    const slice = ['s-1.png', 's-2.png', 's-3.png', 's-9.png', 's-10.png'];
    const options = ['--data', file('slices', discs(5, { patient, slice })), '--follow'];
    const first = await report(...options);
    expect(lines()).toContain('6 pairs, 2 patients');
    const beginning = { dice: number, interval, good: number };
    const proposal = {
      ...beginning,
      best: number,
      answers: { 75: number, 80: number, 85: number, 90: number },
    };
    expect(first).toEqual({
      cases: 6,
      seed: 1,
      target: 'reader',
      bundle: tiny,
      methods: {},
      follow: {
        pairs: 6,
        patients: 2,
        copied: beginning,
        clicked: proposal,
        followed: proposal,
        gain: { points: number, interval },
      },
    });
  });

  it('measures with --calibration whether probabilities mean what they say', async () => {
    const options = ['--data', data, '--calibration'];
    const first = await report(...options);
    expect(lines()).toContain('First proposals of 4 cases');
    const error = { pixels: number, ece: number, interval };
    expect(first).toEqual({
      cases: 4,
      seed: 1,
      target: 'reader',
      bundle: tiny,
      methods: {},
      calibration: { all: error, disputed: error, bins: expect.any(Array) },
    });
    expect(first.calibration?.bins[0]).toEqual({ pixels: number, probability: number, agreement: number });
  });

  it.each(['tiny-reference', 'tiny-sam'])('runs a bundle built like SAM: %s', async name => {
    const options = ['--bundle', path.join(bundles, name), '--data', data, '--limit', '2'];
    expect(await report(...options)).toMatchObject({
      cases: 2,
      methods: { spa: { dice: isListOfSix }, clicks: { dice: isListOfSix }, mean: { dice: isListOfSix } },
    });
  });

  it.each([
    ['too few cases for a profile', ['--data', 'DATA', '--profile'], 'a smaller --after'],
    ['images without neighbours', ['--data', 'DATA', '--follow'], "has no array 'slice'"],
    ['images apart', ['--data', 'APART', '--follow'], 'has no two images next to each other'],
    ['a file that is not there', ['--data', '/nowhere.npz'], '/nowhere.npz cannot be read'],
    ['a bundle that is not there', ['--data', 'x', '--bundle', '/nowhere'], '--bundle'],
  ])('is refused in a sentence for %s', async (_what, options, words) => {
    const files: Readonly<Record<string, string>> = { DATA: data, APART: apart };
    const refused = report(...options.map(option => files[option] ?? option));
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(words);
  });
});
