import type { DicomJson } from '../../../tools/serve/dicom/json-model';
import { newestFirst, search } from '../../../tools/serve/web/qido';

const study = (uid: string, name: string | null, date: string | null, modalities: string[]): DicomJson => ({
  '0020000D': { vr: 'UI', Value: [uid] },
  '00100010': name === null ? { vr: 'PN' } : { vr: 'PN', Value: [{ Alphabetic: name }] },
  '00080020': date === null ? { vr: 'DA' } : { vr: 'DA', Value: [date] },
  '00080061': { vr: 'CS', Value: modalities },
});

const studies = [
  study('1.1', 'Doe^Jane', '20200101', ['CT', 'SEG']),
  study('1.2', 'Roe^Richard', '20210615', ['MR']),
  study('1.3', null, null, ['CT']),
];

const found = (query: string) =>
  search(studies, new URLSearchParams(query)).map(json => json['0020000D']?.Value?.[0]);

describe('A search of the work list', () => {
  it('without a filter finds everything, also what has neither name nor date', () => {
    expect(found('limit=101&offset=0&fuzzymatching=false&includefield=00081030%2C00080060')).toEqual([
      '1.1',
      '1.2',
      '1.3',
    ]);
  });

  it.each([
    ['PatientName=*doe*', ['1.1']],
    ['00100010=*R?e*', ['1.2']],
    ['PatientName=*', ['1.1', '1.2', '1.3']],
    ['PatientName=*a.b*', []],
    ['ModalitiesInStudy=CT', ['1.1', '1.3']],
    ['ModalitiesInStudy=MR%5CSEG', ['1.1', '1.2']],
    ['StudyDate=20210101-20211231', ['1.2']],
    ['StudyDate=20210101-', ['1.2']],
    ['StudyDate=-20201231', ['1.1']],
    ['StudyDate=20200101', ['1.1']],
    ['StudyInstanceUID=1.1,1.3', ['1.1', '1.3']],
    ['StudyInstanceUID=1.1%5C1.2', ['1.1', '1.2']],
    ['PatientName=*doe*&ModalitiesInStudy=MR', []],
    ['limit=1&offset=1', ['1.2']],
    ['offset=9', []],
  ])('%s', (query, uids) => {
    expect(found(query)).toEqual(uids);
  });

  it('shows the newest study first and those without a date last', () => {
    const sorted = [...studies].sort(newestFirst).map(json => json['0020000D']?.Value?.[0]);
    expect(sorted).toEqual(['1.2', '1.1', '1.3']);
  });
});
