import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';

/** A writer of small DICOM files that shares no code with what reads them. Values are given as the bytes or text of the file. */
export interface FixtureElement {
  readonly tag: string;
  readonly vr: string;
  readonly value: string | Buffer | readonly (readonly FixtureElement[])[];
  /** A sequence or pixel data of undefined length. */
  readonly undefinedLength?: boolean;
}

export const syntax = {
  implicit: '1.2.840.10008.1.2',
  explicit: '1.2.840.10008.1.2.1',
  deflated: '1.2.840.10008.1.2.1.99',
  bigEndian: '1.2.840.10008.1.2.2',
  jpeg2000: '1.2.840.10008.1.2.4.90',
  rle: '1.2.840.10008.1.2.5',
} as const;

export const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';

export function element(tag: string, vr: string, value: FixtureElement['value'] = ''): FixtureElement {
  return { tag, vr, value };
}

export function us(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => bytes.writeUInt16LE(value, index * 2));
  return bytes;
}

interface Encoding {
  readonly explicit: boolean;
  readonly little: boolean;
}

const longLength = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'UC', 'UN', 'UR', 'UT']);

function u16(value: number, { little }: Encoding): Buffer {
  const bytes = Buffer.alloc(2);
  if (little) bytes.writeUInt16LE(value);
  else bytes.writeUInt16BE(value);
  return bytes;
}

function u32(value: number, { little }: Encoding): Buffer {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value);
  else bytes.writeUInt32BE(value);
  return bytes;
}

function tagBytes(tag: string, encoding: Encoding): Buffer {
  return Buffer.concat([
    u16(Number.parseInt(tag.slice(0, 4), 16), encoding),
    u16(Number.parseInt(tag.slice(4), 16), encoding),
  ]);
}

function encodeElement({ tag, vr, value, undefinedLength }: FixtureElement, encoding: Encoding): Buffer {
  const body = encodeValue(vr, value, encoding, undefinedLength ?? false);
  const length = undefinedLength ? 0xffffffff : body.length;
  const head = !encoding.explicit
    ? u32(length, encoding)
    : longLength.has(vr)
      ? Buffer.concat([Buffer.from(`${vr}\0\0`, 'latin1'), u32(length, encoding)])
      : Buffer.concat([Buffer.from(vr, 'latin1'), u16(length, encoding)]);
  return Buffer.concat([tagBytes(tag, encoding), head, body]);
}

function encodeValue(vr: string, value: FixtureElement['value'], encoding: Encoding, open: boolean): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') {
    const bytes = Buffer.from(value, 'latin1');
    return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(vr === 'UI' ? '\0' : ' ')]);
  }
  const items: Buffer[] = value.map(item => {
    const body = Buffer.concat(item.map(inner => encodeElement(inner, encoding)));
    return Buffer.concat([tagBytes('FFFEE000', encoding), u32(body.length, encoding), body]);
  });
  if (open) items.push(tagBytes('FFFEE0DD', encoding), u32(0, encoding));
  return Buffer.concat(items);
}

/** Encapsulated pixel data: the offset table, then the fragments. */
export function fragments(table: Buffer, ...parts: Buffer[]): FixtureElement {
  const encoding = { explicit: true, little: true };
  const items = [table, ...parts].map(part =>
    Buffer.concat([tagBytes('FFFEE000', encoding), u32(part.length, encoding), part]),
  );
  const end = Buffer.concat([tagBytes('FFFEE0DD', encoding), u32(0, encoding)]);
  return { tag: '7FE00010', vr: 'OB', value: Buffer.concat([...items, end]), undefinedLength: true };
}

export interface FixtureOptions {
  readonly transferSyntax?: string;
  readonly preamble?: boolean;
}

/** A Part 10 file, or with `preamble: false` the bare data set. */
export function dicomFile(elements: readonly FixtureElement[], options: FixtureOptions = {}): Buffer {
  const transferSyntax = options.transferSyntax ?? syntax.explicit;
  const encoding = {
    explicit: transferSyntax !== syntax.implicit,
    little: transferSyntax !== syntax.bigEndian,
  };
  const sorted = [...elements].sort((a, b) => (a.tag < b.tag ? -1 : 1));
  const body = Buffer.concat(sorted.map(each => encodeElement(each, encoding)));
  if (options.preamble === false) return body;
  const valueOf = (tag: string) => elements.find(each => each.tag === tag)?.value ?? '';
  const meta = Buffer.concat(
    [
      element('00020001', 'OB', Buffer.from([0, 1])),
      element('00020002', 'UI', valueOf('00080016') || ctImageStorage),
      element('00020003', 'UI', valueOf('00080018')),
      element('00020010', 'UI', transferSyntax),
    ].map(each => encodeElement(each, { explicit: true, little: true })),
  );
  const length = encodeElement(
    element('00020000', 'UL', u32(meta.length, { explicit: true, little: true })),
    {
      explicit: true,
      little: true,
    },
  );
  const packed = transferSyntax === syntax.deflated ? deflateRawSync(body) : body;
  return Buffer.concat([Buffer.alloc(128), Buffer.from('DICM'), length, meta, packed]);
}

export interface ImageFixture {
  readonly sop: string;
  readonly series?: string;
  readonly study?: string;
  readonly extra?: readonly FixtureElement[];
}

/** A grey image of 2 rows and 3 columns, 16 bit, values 1 to 6. */
export function ctImage({
  sop,
  series = '1.2.2',
  study = '1.2.1',
  extra = [],
}: ImageFixture): FixtureElement[] {
  const own = [
    element('00080016', 'UI', ctImageStorage),
    element('00080018', 'UI', sop),
    element('00080060', 'CS', 'CT'),
    element('0020000D', 'UI', study),
    element('0020000E', 'UI', series),
    element('00280002', 'US', us(1)),
    element('00280004', 'CS', 'MONOCHROME2'),
    element('00280010', 'US', us(2)),
    element('00280011', 'US', us(3)),
    element('00280100', 'US', us(16)),
    element('00280103', 'US', us(0)),
    element('7FE00010', 'OW', us(1, 2, 3, 4, 5, 6)),
  ];
  const replaced = new Set(extra.map(each => each.tag));
  return [...own.filter(each => !replaced.has(each.tag)), ...extra];
}

/** A folder of the test's own, and the function that removes it. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), `spa-${randomUUID().slice(0, 8)}-`));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
