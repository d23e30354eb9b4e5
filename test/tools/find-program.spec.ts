import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findProgram } from '../../tools/find-program.mjs';

describe('findProgram', () => {
  let folder: string;
  const place = (...names: string[]): string => path.join(folder, ...names);

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'spa-programs-'));
    for (const name of ['first', 'second', 'usual']) mkdirSync(place(name));
    writeFileSync(place('second', 'firefox'), '');
    writeFileSync(place('usual', 'firefox'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const searchPath = (): string => [place('first'), place('second')].join(path.delimiter);

  test('takes what lies on the PATH before what lies in a usual place', () => {
    const program = { names: ['firefox-esr', 'firefox'], places: [place('usual', 'firefox')] };
    expect(findProgram(program, searchPath())).toBe(place('second', 'firefox'));
  });

  test('takes the usual place where the PATH has none, or is not set', () => {
    const program = { names: ['firefox-esr'], places: [place('none'), place('usual', 'firefox')] };
    expect(findProgram(program, searchPath())).toBe(place('usual', 'firefox'));
    expect(findProgram(program)).toBe(place('usual', 'firefox'));
  });

  test('finds nothing where nothing is', () => {
    expect(findProgram({ names: ['firefox-esr'], places: [place('none')] }, searchPath())).toBeUndefined();
  });
});
