import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readPart10 } from '../../../tools/serve/dicom/part10';
import { toDicomJson, type DicomJson } from '../../../tools/serve/dicom/json-model';
import {
  ctImage,
  dicomFile,
  element,
  syntax,
  temporaryFolder,
  us,
  type FixtureElement,
  type FixtureOptions,
} from '../dicom-fixture';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => ({ folder, remove } = await temporaryFolder()));
afterAll(() => remove());

async function modelOf(extra: readonly FixtureElement[], options: FixtureOptions = {}): Promise<DicomJson> {
  const file = path.join(folder, 'one.dcm');
  await writeFile(file, dicomFile(ctImage({ sop: '1.2.3', extra }), options));
  const { dataSet } = await readPart10(file);
  return toDicomJson(dataSet, { bulkDataUri: where => `bulk:${where}` });
}

describe('The DICOM JSON model', () => {
  it('writes numbers as numbers, whatever the file calls them', async () => {
    const json = await modelOf([
      element('00280030', 'DS', '0.5\\0.25'),
      element('00200013', 'IS', ' 12 '),
      element('00189306', 'FD', Buffer.from(new Float64Array([1.5, Number.NaN]).buffer)),
      element('00280106', 'SS', Buffer.from(new Int16Array([-3]).buffer)),
    ]);
    expect(json['00280010']).toEqual({ vr: 'US', Value: [2] });
    expect(json['00280030']).toEqual({ vr: 'DS', Value: [0.5, 0.25] });
    expect(json['00200013']).toEqual({ vr: 'IS', Value: [12] });
    expect(json['00189306']).toEqual({ vr: 'FD', Value: [1.5, 'NaN'] });
    expect(json['00280106']).toEqual({ vr: 'SS', Value: [-3] });
  });

  it('keeps a decimal that is none as the text that it is', async () => {
    expect((await modelOf([element('00180050', 'DS', 'thin')]))['00180050']).toEqual({
      vr: 'DS',
      Value: ['thin'],
    });
  });

  it('says that an attribute is empty by giving it no value', async () => {
    const json = await modelOf([element('00100010', 'PN'), element('00080020', 'DA')]);
    expect(json['00100010']).toEqual({ vr: 'PN' });
    expect(json['00080020']).toEqual({ vr: 'DA' });
  });

  it('keeps the place of an empty value among others', async () => {
    expect((await modelOf([element('00080008', 'CS', 'ORIGINAL\\\\AXIAL')]))['00080008']).toEqual({
      vr: 'CS',
      Value: ['ORIGINAL', null, 'AXIAL'],
    });
  });

  it('does not split text in which a backslash is a backslash', async () => {
    expect((await modelOf([element('00204000', 'LT', 'a\\b')]))['00204000']).toEqual({
      vr: 'LT',
      Value: ['a\\b'],
    });
  });

  it('splits a name into its three spellings and reads it in its character set', async () => {
    const name = Buffer.from('Yamada^Tarou=山田^太郎=やまだ^たろう ', 'utf8');
    const json = await modelOf([element('00080005', 'CS', 'ISO_IR 192'), element('00100010', 'PN', name)]);
    expect(json['00100010']?.Value).toEqual([
      { Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: 'やまだ^たろう' },
    ]);
    expect(json['00080005']).toEqual({ vr: 'CS', Value: ['ISO_IR 192'] });
  });

  it('turns Latin 1 into UTF-8 and says so', async () => {
    const json = await modelOf([
      element('00080005', 'CS', 'ISO_IR 100'),
      element('00100010', 'PN', 'M\xfcller^J\xf6rg'),
    ]);
    expect(json['00100010']?.Value).toEqual([{ Alphabetic: 'Müller^Jörg' }]);
    expect(json['00080005']?.Value).toEqual(['ISO_IR 192']);
  });

  it.each([
    ['explicit', syntax.explicit],
    ['implicit', syntax.implicit],
  ])('nests sequences of %s VR, of known and of undefined length', async (_, transferSyntax) => {
    const items = [[element('00080100', 'SH', 'A')], [element('00080100', 'SH', 'B')]];
    const json = await modelOf(
      [
        { ...element('00081032', 'SQ', items), undefinedLength: true },
        element('00081140', 'SQ', [[element('00081150', 'UI', '1.2')]]),
        element('00081110', 'SQ', []),
      ],
      { transferSyntax },
    );
    expect(json['00081032']).toEqual({
      vr: 'SQ',
      Value: [{ '00080100': { vr: 'SH', Value: ['A'] } }, { '00080100': { vr: 'SH', Value: ['B'] } }],
    });
    expect(json['00081140']).toEqual({ vr: 'SQ', Value: [{ '00081150': { vr: 'UI', Value: ['1.2'] } }] });
    expect(json['00081110']).toEqual({ vr: 'SQ' });
  });

  it('looks up what implicit VR leaves unsaid', async () => {
    const json = await modelOf([element('00280106', 'US', us(65535)), element('00280103', 'US', us(1))], {
      transferSyntax: syntax.implicit,
    });
    expect(json['00280106']).toEqual({ vr: 'SS', Value: [-1] });
    expect(json['00280010']).toEqual({ vr: 'US', Value: [2] });
  });

  it('reads an element that travelled as UN by the dictionary', async () => {
    expect((await modelOf([element('00180050', 'UN', '3.5 ')]))['00180050']).toEqual({
      vr: 'DS',
      Value: [3.5],
    });
  });

  it('reads big endian numbers', async () => {
    const swapped = (value: Buffer) => Buffer.from(value).swap16();
    const json = await modelOf(
      [element('00280010', 'US', swapped(us(512))), element('00280106', 'US', swapped(us(7)))],
      { transferSyntax: syntax.bigEndian },
    );
    expect(json['00280010']).toEqual({ vr: 'US', Value: [512] });
    expect(json['00280106']).toEqual({ vr: 'US', Value: [7] });
  });

  it('writes an attribute tag as eight digits', async () => {
    expect((await modelOf([element('00280009', 'AT', us(0x18, 0x1063))]))['00280009']).toEqual({
      vr: 'AT',
      Value: ['00181063'],
    });
  });

  it('carries a palette in the metadata and a large private element outside', async () => {
    const json = await modelOf([
      element('00281201', 'OW', us(1, 2)),
      element('00290010', 'LO', 'MAKER'),
      element('00291010', 'OB', Buffer.alloc(2000)),
      element('00291011', 'OB', Buffer.from([1, 2])),
    ]);
    expect(json['00281201']).toEqual({ vr: 'OW', InlineBinary: us(1, 2).toString('base64') });
    expect(json['00291010']).toEqual({ vr: 'OB', BulkDataURI: 'bulk:00291010' });
    expect(json['00291011']).toEqual({ vr: 'OB', InlineBinary: 'AQI=' });
    expect(json['00290010']).toEqual({ vr: 'LO', Value: ['MAKER'] });
  });

  it('names the way to bulk data inside a sequence', async () => {
    const json = await modelOf([
      element('00081140', 'SQ', [[element('00291010', 'OB', Buffer.alloc(2000))]]),
    ]);
    expect(json['00081140']?.Value).toEqual([
      { '00291010': { vr: 'OB', BulkDataURI: 'bulk:00081140.0.00291010' } },
    ]);
  });

  it('leaves the pixels and the file meta information out', async () => {
    const keys = Object.keys(await modelOf([]));
    expect(keys).not.toContain('7FE00010');
    expect(keys.filter(key => key.startsWith('0002'))).toEqual([]);
  });
});
