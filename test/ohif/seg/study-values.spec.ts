import { isAllowedValue } from '../../../extension/src/ohif/seg/study-values';

describe('values copied from the images into a new object', () => {
  it('takes an age as the standard writes it and no other', () => {
    expect(isAllowedValue('PatientAge', '042Y')).toBe(true);
    expect(isAllowedValue('PatientAge', '42')).toBe(false);
  });

  it('takes dates and times without separators only', () => {
    expect(isAllowedValue('StudyDate', '20260105')).toBe(true);
    expect(isAllowedValue('StudyDate', '2026-01-05')).toBe(false);
    expect(isAllowedValue('StudyTime', '101500.25')).toBe(true);
    expect(isAllowedValue('StudyTime', '10:15')).toBe(false);
  });

  it('refuses what would not fit or would be read as two values', () => {
    expect(isAllowedValue('StudyDescription', 'A'.repeat(64))).toBe(true);
    expect(isAllowedValue('StudyDescription', 'A'.repeat(65))).toBe(false);
    expect(isAllowedValue('PatientID', 'A\\B')).toBe(false);
  });

  it('keeps what names a patient or an order even where it is longer than the standard allows', () => {
    expect(isAllowedValue('AccessionNumber', 'ACC-2024-000012345')).toBe(true);
    expect(isAllowedValue('PatientID', 'f'.repeat(128))).toBe(true);
  });

  it('keeps names with components and in any script', () => {
    expect(isAllowedValue('PatientName', 'Müller^Änne=ミュラー^アンネ')).toBe(true);
  });
});
