import { textReader } from '../../../tools/serve/dicom/character-set';

describe('Text in DICOM', () => {
  it.each([
    [['ISO_IR 100'], [0x4d, 0xfc], 'Mü'],
    [['ISO_IR 144'], [0xbb, 0xee, 0xda], 'Люк'],
    [['ISO_IR 192'], [0xc3, 0xbc], 'ü'],
    [['GB18030'], [0xcd, 0xf5], '王'],
    [['', 'ISO 2022 IR 87'], [0x1b, 0x24, 0x42, 0x3b, 0x33, 0x1b, 0x28, 0x42], '山'],
    [['', 'ISO 2022 IR 149'], [0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8], '김'],
  ])('is read in %j', (sets, bytes, text) => {
    expect(textReader(sets)(new Uint8Array(bytes))).toBe(text);
  });

  it('that names no set is read as UTF-8 where it is valid, else as Latin 1', () => {
    expect(textReader([])(new Uint8Array([0xc3, 0xbc]))).toBe('ü');
    expect(textReader([])(new Uint8Array([0xfc]))).toBe('ü');
  });

  it('in a set that nobody knows is still shown', () => {
    expect(textReader(['ISO_IR 999'])(new Uint8Array([0x41]))).toBe('A');
  });
});
