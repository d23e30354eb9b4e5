import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import dcmjs from 'dcmjs';
import { coarserGrid } from '../../demo/phantom/grid';
import { makeDemoStudy } from '../../demo/phantom/study';

const grid = coarserGrid(64, 4);

interface Header {
  readonly [keyword: string]: unknown;
}

async function readHeader(path: string): Promise<Header> {
  const { DicomMessage, DicomMetaDictionary } = dcmjs.data;
  const bytes = await readFile(path);
  const { dict } = DicomMessage.readFile(new Uint8Array(bytes).buffer);
  return DicomMetaDictionary.naturalizeDataset(dict);
}

function distinct(headers: readonly Header[], keyword: string): number {
  return new Set(headers.map(header => JSON.stringify(header[keyword]))).size;
}

describe('the demo study', () => {
  let directory = '';
  let files: string[] = [];
  let headers: Header[] = [];
  const steps: [number, number][] = [];

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'phantom-'));
    await makeDemoStudy(join(directory, 'study'), (done, total) => steps.push([done, total]), grid);
    files = (await readdir(join(directory, 'study'))).sort().map(name => join(directory, 'study', name));
    headers = await Promise.all(files.map(readHeader));
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('is one file a slice, and says how far it is', () => {
    expect(files).toHaveLength(4);
    expect(steps).toEqual([
      [1, 4],
      [2, 4],
      [3, 4],
      [4, 4],
    ]);
  });

  it('is one series of one study in one frame of reference, with its own identifier a slice', () => {
    for (const keyword of ['StudyInstanceUID', 'SeriesInstanceUID', 'FrameOfReferenceUID', 'PatientID']) {
      expect(distinct(headers, keyword)).toBe(1);
    }
    expect(distinct(headers, 'SOPInstanceUID')).toBe(4);
    for (const header of headers) {
      expect(header['SOPInstanceUID']).toMatch(/^2\.25\.[1-9]\d{20,38}$/);
      expect(header['StudyInstanceUID']).toMatch(/^2\.25\.[1-9]\d{20,38}$/);
    }
  });

  it('rises by the slice thickness from slice to slice and keeps the patient in the middle', () => {
    const positions = headers.map(header => (header['ImagePositionPatient'] as number[]).map(Number));
    expect(positions.map(position => position[2])).toEqual([-60, -30, 0, 30]);
    expect(headers.map(header => Number(header['SliceThickness']))).toEqual([30, 30, 30, 30]);
    const [spacing = NaN] = (headers[0]?.['PixelSpacing'] as number[]).map(Number);
    const [x = NaN, y = NaN] = positions[0] ?? [];
    expect(
      [x + (63 / 2) * spacing, y + (63 / 2) * spacing].map(value => Math.abs(Math.round(value * 1000))),
    ).toEqual([0, 0]);
    expect(headers.map(header => Number(header['InstanceNumber']))).toEqual([1, 2, 3, 4]);
  });

  it('offers the lung window first and the mediastinal window second', () => {
    expect(headers[0]).toMatchObject({ WindowCenter: [-600, 40], WindowWidth: [1500, 400] });
    expect(headers[0]?.['WindowCenterWidthExplanation']).toEqual(['LUNG', 'MEDIASTINUM']);
  });

  it('says that it is no patient', () => {
    expect(JSON.stringify(headers[0]?.['PatientName'])).toContain('Phantom^Chest');
    expect(headers[0]?.['StudyDescription']).toBe('SPA demo: CT chest phantom');
    expect(headers[0]?.['ImageComments']).toContain('not a real patient');
  });

  it('is the same, byte for byte, when it is made again', async () => {
    await makeDemoStudy(join(directory, 'again'), undefined, grid);
    for (const file of files) {
      const again = await readFile(file.replace('study', 'again'));
      expect(again.equals(await readFile(file))).toBe(true);
    }
  });

  const verifier = spawnSync('dciodvfy', ['-version']);
  (verifier.error ? it.skip : it)('passes dciodvfy without an error', () => {
    const reports = files.map(file => spawnSync('dciodvfy', [file], { encoding: 'utf8' }));
    for (const { stdout, stderr } of reports) {
      expect(`${stdout}${stderr}`).toContain('CTImage');
      expect(`${stdout}${stderr}`).not.toMatch(/Error/);
    }
  });
});
