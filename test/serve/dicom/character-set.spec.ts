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

  it.each([
    [
      'half-width letters beside ideographs',
      ['ISO 2022 IR 13', 'ISO 2022 IR 87'],
      '\xd4\xcf\xc0\xde^\xc0\xdb\xb3=\x1b$B;3ED\x1b(J^\x1b$BB@O:\x1b(J',
      'ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎',
    ],
    ['supplementary ideographs', ['', 'ISO 2022 IR 87', 'ISO 2022 IR 159'], 'a=\x1b$(D0!\x1b(B^b', 'a=丂^b'],
    ['Greek', ['', 'ISO 2022 IR 126'], 'Dion^\x1b-F\xc4\xe9\xef', 'Dion^Διο'],
    [
      'Greek without an escape sequence',
      ['ISO 2022 IR 6', 'ISO 2022 IR 126'],
      'Dion^\xc4\xe9\xef',
      'Dion^Διο',
    ],
    [
      'Cyrillic beside Latin',
      ['ISO 2022 IR 100', 'ISO 2022 IR 144'],
      '\xc4b^\x1b-L\xbb\xee\xda^\xc4b',
      'Äb^Люк^Äb',
    ],
    ['Latin that is designated', ['ISO 2022 IR 6', 'ISO 2022 IR 100'], '\x1b-AM\xfc', 'Mü'],
    [
      'Korean in every component',
      ['', 'ISO 2022 IR 149'],
      'Hong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7',
      'Hong=洪^吉洞',
    ],
    ['Chinese', ['', 'ISO 2022 IR 58'], 'Zhang=\x1b$)A\xd5\xc5^\x1b$)A\xd0\xa1', 'Zhang=张^小'],
    ['a backslash byte within an ideograph', ['', 'ISO 2022 IR 87'], '\x1b$B2\\\x1b(B\\b', '蝦\\b'],
  ])('with escape sequences: %s', (_what, sets, bytes, text) => {
    expect(textReader(sets)(Buffer.from(bytes, 'latin1'))).toBe(text);
  });

  it('that names no set is read as UTF-8 where it is valid, else as Latin 1', () => {
    expect(textReader([])(new Uint8Array([0xc3, 0xbc]))).toBe('ü');
    expect(textReader([])(new Uint8Array([0xfc]))).toBe('ü');
  });

  it('in a set that nobody knows is still shown', () => {
    expect(textReader(['ISO_IR 999'])(new Uint8Array([0x41]))).toBe('A');
  });
});
