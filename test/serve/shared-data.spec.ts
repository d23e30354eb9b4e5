import { existsSync } from 'node:fs';
import path from 'node:path';
import { readFrame } from '../../tools/serve/dicom/frames';
import { readMetadata } from '../../tools/serve/dicom/instance';
import { scanFolder, type ScanResult } from '../../tools/serve/scan-folder';

const folder = path.join(process.cwd(), '..', 'shared', 'data', 'dicom');
const wherePresent = existsSync(folder) ? describe : describe.skip;

wherePresent('Scanned patients', () => {
  let scan: ScanResult;
  beforeAll(async () => {
    scan = await scanFolder(folder);
  });

  const allSeries = () => [...scan.index.studies.values()].flatMap(study => [...study.series.values()]);
  const firstOf = (name: string) =>
    allSeries()
      .flatMap(series => [...series.instances.values()])
      .find(instance => path.basename(path.dirname(instance.path)) === name);

  it('are all indexed', () => {
    expect(scan.index.counts()).toEqual({ studies: 3, series: 3, instances: 96 });
    expect(
      allSeries()
        .map(series => series.instances.size)
        .sort(),
    ).toEqual([20, 28, 48]);
    expect({ skipped: scan.skipped, broken: scan.broken, duplicates: scan.duplicates }).toEqual({
      skipped: 0,
      broken: [],
      duplicates: [],
    });
  });

  it.each([
    ['ct-abdomen', 512, 512, '1.2.840.10008.1.2.4.90', null],
    ['ct-head', 512, 512, '1.2.840.10008.1.2.1', 512 * 512 * 2],
    ['mr-head', 384, 274, '1.2.840.10008.1.2.1', 384 * 274 * 2],
  ])(
    '%s has its size, its geometry as numbers and its pixels',
    async (name, rows, columns, transferSyntax, bytes) => {
      const instance = firstOf(name);
      if (!instance) throw new Error(`${name} is not indexed`);
      const metadata = await readMetadata(instance, { bulkDataUri: where => where });
      expect(metadata['00280010']?.Value).toEqual([rows]);
      expect(metadata['00280011']?.Value).toEqual([columns]);
      expect(metadata['00200032']?.Value).toEqual([
        expect.any(Number),
        expect.any(Number),
        expect.any(Number),
      ]);
      expect(metadata['00280030']?.Value).toEqual([expect.any(Number), expect.any(Number)]);
      const frame = await readFrame(instance.path, instance.pixels, 0);
      expect(frame?.transferSyntax).toBe(transferSyntax);
      if (bytes === null) expect(frame?.bytes.subarray(0, 4).toString('hex')).toBe('ff4fff51');
      else expect(frame?.bytes.length).toBe(bytes);
    },
  );
});
