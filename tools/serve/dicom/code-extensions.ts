/**
 * Text that changes its character set by escape sequences (ISO 2022; PS3.3 C.12.1.1.2, PS3.5 6.1.2.5). At any moment bytes below 0x80 mean one
 * set (G0) and those above another (G1).
 */

/** A set of characters: the label of a decoder of the platform, which reads ASCII as well, and the bytes that it wants. */
interface CodeElement {
  readonly label: string;
  /** Of two bytes in G0: what the decoder wants them to be. */
  readonly widened?: (bytes: Uint8Array) => Uint8Array;
}

const ascii: CodeElement = { label: 'iso-8859-1' };
const withHighBit = (bytes: Uint8Array): Uint8Array => bytes.map(byte => byte | 0x80);
const japanese: CodeElement = { label: 'euc-jp', widened: withHighBit };
const supplementaryJapanese: CodeElement = { label: 'euc-jp', widened: withThirdByte };

/** Escape sequences for G0, without the escape itself (PS3.3 tables C.12-3 and C.12-4). */
const designatesLow: Readonly<Record<string, CodeElement>> = {
  '(B': ascii,
  '(J': ascii,
  '$@': japanese,
  $B: japanese,
  '$(D': supplementaryJapanese,
};

/** The same for G1. */
const designatesHigh: Readonly<Record<string, string>> = {
  '-A': 'iso-8859-1',
  '-B': 'iso-8859-2',
  '-C': 'iso-8859-3',
  '-D': 'iso-8859-4',
  '-L': 'iso-8859-5',
  '-G': 'iso-8859-6',
  '-F': 'iso-8859-7',
  '-H': 'iso-8859-8',
  '-M': 'iso-8859-9',
  '-b': 'iso-8859-15',
  '-T': 'windows-874',
  ')I': 'shift_jis',
  '$)C': 'euc-kr',
  '$)A': 'gb2312',
};

const ESCAPE = 0x1b;
/** Line feed, form feed, carriage return, tabulator; what separates values, and components and groups of a name. */
const separators = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x5c, 0x5e, 0x3d]);

/** @param initial Label of the decoder for bytes above 0x7F where no escape sequence went before, and again after a separator. */
export function readWithExtensions(bytes: Uint8Array, initial: string): string {
  let low = ascii;
  let high = initial;
  let text = '';
  let start = 0;
  const flush = (end: number): void => {
    const part = bytes.subarray(start, end);
    text +=
      low.widened === undefined
        ? new TextDecoder(high).decode(part)
        : new TextDecoder(low.label).decode(low.widened(part));
    start = end;
  };
  for (let i = 0; i < bytes.length; i++) {
    const sequence = bytes[i] === ESCAPE ? sequenceAt(bytes, i + 1) : null;
    if (sequence !== null) {
      flush(i);
      low = designatesLow[sequence] ?? low;
      high = designatesHigh[sequence] ?? high;
      i += sequence.length;
      start = i + 1;
    } else if (low === ascii && high !== initial && separators.has(bytes[i] ?? 0)) {
      flush(i);
      high = initial;
    }
  }
  flush(bytes.length);
  return text;
}

/** The known escape sequence that stands there, or null. */
function sequenceAt(bytes: Uint8Array, position: number): string | null {
  for (const length of [2, 3]) {
    const sequence = String.fromCharCode(...bytes.subarray(position, position + length));
    if (sequence in designatesLow || sequence in designatesHigh) return sequence;
  }
  return null;
}

/** The decoder knows the supplementary characters by a byte before the two. */
function withThirdByte(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: Math.floor(bytes.length / 2) * 3 }, (_, i) =>
    i % 3 === 0 ? 0x8f : (bytes[Math.floor(i / 3) * 2 + (i % 3) - 1] ?? 0) | 0x80,
  );
}
