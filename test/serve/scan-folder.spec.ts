import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { scanFolder } from '../../tools/serve/scan-folder';
import { ServeError } from '../../tools/serve/serve-error';
import { ctImage, dicomFile, element, syntax, temporaryFolder, type FixtureElement } from './dicom-fixture';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => ({ folder, remove } = await temporaryFolder()));
afterEach(() => remove());

async function put(name: string, content: Buffer | string | readonly FixtureElement[]): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(
    file,
    typeof content === 'string' || Buffer.isBuffer(content) ? content : dicomFile(content),
  );
  return file;
}

describe('A folder of DICOM files', () => {
  it('is indexed through all its subfolders, whatever the files are called', async () => {
    await put('a/b/c/one', ctImage({ sop: '1.1' }));
    await put('a/two.dcm', ctImage({ sop: '1.2' }));
    await put('three.IMA', ctImage({ sop: '1.3', series: '1.2.9' }));
    await put('four', ctImage({ sop: '1.4', study: '1.9.9', series: '1.9.8' }));
    const { index, skipped, broken, duplicates } = await scanFolder(folder);
    expect(index.counts()).toEqual({ studies: 2, series: 3, instances: 4 });
    expect({ skipped, broken, duplicates }).toEqual({ skipped: 0, broken: [], duplicates: [] });
  });

  it('counts and skips what is not DICOM', async () => {
    await put('image.dcm', ctImage({ sop: '1.1' }));
    await put('README.txt', 'not an image, and longer than the sixteen bytes that a header needs');
    await put('empty', '');
    await put('picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    await put('zeros', Buffer.alloc(4096));
    const { index, skipped, broken } = await scanFolder(folder);
    expect(index.counts().instances).toBe(1);
    expect(skipped).toBe(4);
    expect(broken).toEqual([]);
  });

  it('names a broken file and goes on', async () => {
    await put('whole.dcm', ctImage({ sop: '1.1' }));
    const bytes = dicomFile(ctImage({ sop: '1.2' }));
    const cut = await put('cut-pixels.dcm', bytes.subarray(0, bytes.length - 4));
    const early = await put('cut-early.dcm', bytes.subarray(0, 330));
    const noStudy = await put(
      'no-study.dcm',
      ctImage({ sop: '1.3' }).filter(({ tag }) => tag !== '0020000D'),
    );
    const { index, broken } = await scanFolder(folder);
    expect(index.counts().instances).toBe(1);
    expect(broken.map(each => each.path)).toEqual([early, cut, noStudy]);
    expect(broken.map(each => each.reason)).toEqual([
      expect.stringMatching(/.+/),
      expect.stringMatching(/4 bytes of pixel data are missing/),
      expect.stringMatching(/Study Instance UID/),
    ]);
  });

  it('reports two files with one SOP Instance UID and keeps the first', async () => {
    const first = await put('a.dcm', ctImage({ sop: '1.1' }));
    const second = await put('b.dcm', ctImage({ sop: '1.1', series: '1.2.7' }));
    const { index, duplicates } = await scanFolder(folder);
    expect(duplicates).toEqual([{ path: second, first, sopUid: '1.1' }]);
    expect(index.instance('1.2.1', '1.2.2', '1.1')?.path).toBe(first);
    expect(index.counts()).toEqual({ studies: 1, series: 1, instances: 1 });
  });

  it('indexes what has no pixels, such as a report', async () => {
    await put(
      'sr.dcm',
      ctImage({ sop: '1.1' }).filter(({ tag }) => !tag.startsWith('7FE0') && !tag.startsWith('0028')),
    );
    expect((await scanFolder(folder)).index.counts().instances).toBe(1);
  });

  it('passes over a DICOMDIR without calling it broken', async () => {
    await put('image.dcm', ctImage({ sop: '1.1' }));
    await put('DICOMDIR', [
      element('00080016', 'UI', '1.2.840.10008.1.3.10'),
      element('00041130', 'CS', 'DISK'),
    ]);
    const { skipped, broken } = await scanFolder(folder);
    expect({ skipped, broken }).toEqual({ skipped: 1, broken: [] });
  });

  it('shows a series whose SOP Class UID was emptied by the one of its file meta information', async () => {
    await put('one.dcm', ctImage({ sop: '1.1', extra: [element('00080016', 'UI')] }));
    const { index } = await scanFolder(folder);
    expect(index.instance('1.2.1', '1.2.2', '1.1')?.attributes['00080016']).toEqual({
      vr: 'UI',
      Value: ['1.2.840.10008.5.1.4.1.1.2'],
    });
  });

  it('does not follow a link in a circle', async () => {
    await put('a/one.dcm', ctImage({ sop: '1.1' }));
    await symlink(folder, path.join(folder, 'a', 'again'));
    expect((await scanFolder(folder)).duplicates).toEqual([]);
  });

  it('reads the attributes of a file whose header is longer than one read', async () => {
    const long = Array.from({ length: 3 }, (_, index) =>
      element(`0029101${index}`, 'OB', Buffer.alloc(100_000)),
    );
    for (const [sop, transferSyntax] of Object.entries({ '1.1': syntax.explicit, '1.2': syntax.implicit })) {
      await put(sop, dicomFile(ctImage({ sop, extra: long }), { transferSyntax }));
    }
    expect((await scanFolder(folder)).index.counts().instances).toBe(2);
  });

  it('that is empty is an error with a remedy', async () => {
    await expect(scanFolder(folder)).rejects.toThrow(/holds no files.*--data/);
  });

  it('without a DICOM file is an error that says what it found', async () => {
    await put('a.txt', 'x');
    await put('b.txt', 'y');
    await expect(scanFolder(folder)).rejects.toThrow(/2 files, none of them DICOM.*--data/);
  });

  it('in which all files are broken is an error that names the first', async () => {
    const bytes = dicomFile(ctImage({ sop: '1.2' }));
    await put('cut.dcm', bytes.subarray(0, bytes.length - 4));
    await expect(scanFolder(folder)).rejects.toThrow(/1 broken DICOM files? .*cut\.dcm/);
  });

  it('that does not exist, or is a file, is an error with a remedy', async () => {
    const file = await put('one.dcm', ctImage({ sop: '1.1' }));
    await expect(scanFolder(path.join(folder, 'nowhere'))).rejects.toThrow(ServeError);
    await expect(scanFolder(file)).rejects.toThrow(/is a file/);
  });
});
