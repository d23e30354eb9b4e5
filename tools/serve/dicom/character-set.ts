import { isUtf8 } from 'node:buffer';
import { readWithExtensions } from './code-extensions';

/**
 * DICOM's character sets (PS3.3 C.12.1.1.2, Specific Character Set) by the label under which the platform's decoder knows them.
 * Those with escape sequences are named ISO 2022 instead of ISO.
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
  'ISO_IR 87': 'euc-jp',
  'ISO_IR 159': 'euc-jp',
  'ISO_IR 149': 'euc-kr',
  'ISO_IR 58': 'gb2312',
};

export type TextReader = (bytes: Uint8Array) => string;

/**
 * Makes the reader for the values of Specific Character Set (0008,0005).
 *
 * A data set that names none should be ASCII. Where it is not, UTF-8 is tried first, because bytes that are valid UTF-8 by
 * accident are rare; a set that is not known is read as Latin 1, so that a wrong letter never hides a study.
 */
export function textReader(characterSets: readonly string[]): TextReader {
  const named = characterSets
    .map(name => name.trim().replace('ISO 2022 IR', 'ISO_IR'))
    .filter(name => name !== '');
  if (characterSets.some(name => name.trim().startsWith('ISO 2022'))) {
    // ASCII alone has no bytes above 0x7F: where some come without an escape sequence, the set that follows is meant.
    const initial = named.find(name => name !== 'ISO_IR 6' && decoderLabels[name] !== undefined);
    return bytes => readWithExtensions(bytes, decoderLabels[initial ?? 'ISO_IR 6'] ?? 'iso-8859-1');
  }
  const label = decoderLabels[named[0] ?? ''];
  if (label === undefined) return bytes => readUnnamed(bytes);
  const decoder = new TextDecoder(label);
  return bytes => decoder.decode(bytes);
}

function readUnnamed(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'iso-8859-1').decode(bytes);
}
