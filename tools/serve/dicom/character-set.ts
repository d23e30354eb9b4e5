import { isUtf8 } from 'node:buffer';

/**
 * DICOM's character sets (PS3.3 C.12.1.1.2, Specific Character Set) by the label under which the platform's decoder knows them.
 * Sets with escape sequences are listed by their ISO 2022 names.
 */
const decoderLabels: Readonly<Record<string, string>> = {
  'ISO_IR 6': 'iso-8859-1',
  'ISO_IR 100': 'iso-8859-1',
  'ISO_IR 101': 'iso-8859-2',
  'ISO_IR 109': 'iso-8859-3',
  'ISO_IR 110': 'iso-8859-4',
  'ISO_IR 144': 'iso-8859-5',
  'ISO_IR 127': 'iso-8859-6',
  'ISO_IR 126': 'iso-8859-7',
  'ISO_IR 138': 'iso-8859-8',
  'ISO_IR 148': 'iso-8859-9',
  'ISO_IR 203': 'iso-8859-15',
  'ISO_IR 13': 'shift_jis',
  'ISO_IR 166': 'windows-874',
  'ISO_IR 192': 'utf-8',
  GB18030: 'gb18030',
  GBK: 'gbk',
  'ISO 2022 IR 87': 'iso-2022-jp',
  'ISO 2022 IR 159': 'iso-2022-jp',
  'ISO 2022 IR 149': 'euc-kr',
  'ISO 2022 IR 58': 'gb2312',
};

/** Designations that a stateless decoder does not know: ESC $ ) C (Korean), ESC $ ) A (Chinese), ESC ( B and ESC ( J (ASCII). */
const escapes = new RegExp(`${String.fromCharCode(0x1b)}(?:\\$\\)[AC]|\\([BJ])`, 'g');

export type TextReader = (bytes: Uint8Array) => string;

/**
 * Makes the reader for the values of Specific Character Set (0008,0005).
 *
 * A data set that names none should be ASCII. Where it is not, UTF-8 is tried first, because bytes that are valid UTF-8 by
 * accident are rare; a set that is not known is read as Latin 1, so that a wrong letter never hides a study.
 */
export function textReader(characterSets: readonly string[]): TextReader {
  const named = characterSets.map(name => name.trim()).filter(name => name !== '');
  const multiByte = named
    .map(name => decoderLabels[name])
    .find(label => label === 'iso-2022-jp' || label === 'euc-kr' || label === 'gb2312');
  const first = named[0] === undefined ? undefined : decoderLabels[named[0].replace('ISO 2022 IR', 'ISO_IR')];
  const label = multiByte ?? first;
  if (label === undefined) return bytes => readUnnamed(bytes);
  const decoder = new TextDecoder(label);
  const stateless = label === 'euc-kr' || label === 'gb2312';
  return bytes => {
    const text = decoder.decode(bytes);
    return stateless ? text.replace(escapes, '') : text;
  };
}

function readUnnamed(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'iso-8859-1').decode(bytes);
}
