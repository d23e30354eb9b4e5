import type { DataSet, Element } from 'dicom-parser';
import { textReader, type TextReader } from './character-set';
import { readNumbers } from './numbers';
import { dictionaryVr, isPrivate } from './value-representation';

/** DICOM JSON model, PS3.18 annex F. Keys are `GGGGEEEE` in capitals. */
export type DicomJson = Record<string, DicomJsonElement>;

export interface DicomJsonElement {
  readonly vr: string;
  readonly Value?: readonly DicomJsonValue[];
  readonly InlineBinary?: string;
  readonly BulkDataURI?: string;
}

interface DicomJsonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

export type DicomJsonValue = string | number | null | DicomJsonName | DicomJson;

export interface JsonModelOptions {
  /** Where the bytes of an element can be fetched; `path` is `GGGGEEEE`, or `GGGGEEEE.item.GGGGEEEE` inside a sequence. */
  readonly bulkDataUri: (path: string) => string;
}

/** Up to here a binary value stands in the metadata itself. Palettes (at most 128 KiB) and icons do; measurements of the maker do not. */
const inlineLimit = { standard: 128 * 1024, private: 1024 };

const binary = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'UN']);
const numeric = new Set(['US', 'SS', 'UL', 'SL', 'FL', 'FD', 'UV', 'SV', 'AT']);
const text = new Set(['LT', 'ST', 'UT', 'UR']);
const encoded = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const latin1: TextReader = bytes => Buffer.from(bytes).toString('latin1');

interface Context extends JsonModelOptions {
  readonly signed: boolean;
  readonly read: TextReader;
  readonly path: string;
}

/** All attributes of a data set but File Meta Information, group lengths and Pixel Data. Text comes out as UTF-8 whatever it was. */
export function toDicomJson(dataSet: DataSet, options: JsonModelOptions): DicomJson {
  return convert(dataSet, {
    ...options,
    signed: dataSet.uint16('x00280103') === 1,
    read: textReader([]),
    path: '',
  });
}

function convert(dataSet: DataSet, outer: Context): DicomJson {
  const own = dataSet.elements['x00080005'];
  const context = own
    ? { ...outer, read: textReader(latin1(bytesOf(dataSet, own)).replace(/\0/g, '').split('\\')) }
    : outer;
  const json: DicomJson = {};
  for (const element of Object.values(dataSet.elements).sort((a, b) => (a.tag < b.tag ? -1 : 1))) {
    if (isLeftOut(element.tag)) continue;
    const key = element.tag.slice(1).toUpperCase();
    json[key] =
      key === '00080005'
        ? { vr: 'CS', Value: ['ISO_IR 192'] }
        : convertElement(dataSet, element, key, context);
  }
  return json;
}

function isLeftOut(tag: string): boolean {
  const element = tag.slice(5);
  return (
    tag.startsWith('x0002') ||
    tag.startsWith('xfffe') ||
    element === '0000' ||
    (tag.startsWith('x7fe0') && element <= '0010')
  );
}

/** What the file says, unless it says nothing (implicit VR) or only that somebody on the way did not know (UN). */
function vrOf(element: Element, signed: boolean): string {
  if (element.items) return 'SQ';
  if (element.vr !== undefined && /^[A-Z]{2}$/.test(element.vr) && element.vr !== 'UN') return element.vr;
  const vr = dictionaryVr(element.tag, signed);
  return vr === 'SQ' && element.length > 0 ? 'UN' : vr;
}

function convertElement(dataSet: DataSet, element: Element, key: string, context: Context): DicomJsonElement {
  const vr = vrOf(element, context.signed);
  const path = `${context.path}${key}`;
  if (vr === 'SQ') {
    const items = (element.items ?? []).map((item, index) =>
      item.dataSet ? convert(item.dataSet, { ...context, path: `${path}.${index}.` }) : {},
    );
    return items.length === 0 ? { vr } : { vr, Value: items };
  }
  if (element.length === 0) return { vr };
  if (binary.has(vr)) {
    const limit = isPrivate(element.tag) ? inlineLimit.private : inlineLimit.standard;
    if (element.length > limit) return { vr, BulkDataURI: context.bulkDataUri(path) };
    return { vr, InlineBinary: Buffer.from(bytesOf(dataSet, element)).toString('base64') };
  }
  const value = numeric.has(vr)
    ? readNumbers(vr, dataSet, element)
    : readText(vr, (encoded.has(vr) ? context.read : latin1)(bytesOf(dataSet, element)));
  return value.length === 0 ? { vr } : { vr, Value: value };
}

export function bytesOf(dataSet: DataSet, element: Element): Uint8Array {
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
}

function readText(vr: string, whole: string): DicomJsonValue[] {
  // Trailing spaces and zeros fill values up to an even length.
  const padded = whole.replace(/[ \0]+$/, '');
  if (padded === '') return [];
  if (text.has(vr)) return [padded];
  return padded.split('\\').map(part => {
    const value = part.replace(/^ +| +$/g, '').replace(/\0/g, '');
    if (value === '') return null;
    if (vr === 'PN') return readName(value);
    if (vr === 'IS' || vr === 'DS') return readDecimal(value);
    return value;
  });
}

/** A decimal string that is none stays as it is: the reader decides what to make of it. */
function readDecimal(value: string): number | string {
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

function readName(value: string): DicomJsonName {
  const [alphabetic, ideographic, phonetic] = value.split('=');
  return {
    ...(alphabetic ? { Alphabetic: alphabetic } : {}),
    ...(ideographic ? { Ideographic: ideographic } : {}),
    ...(phonetic ? { Phonetic: phonetic } : {}),
  };
}
