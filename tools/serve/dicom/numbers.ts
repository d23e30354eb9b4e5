import type { DataSet, Element } from 'dicom-parser';

type Reader = (view: DataView, offset: number, littleEndian: boolean) => number | string;

/** JSON has no such numbers; PS3.18 F.2.5 spells them. */
function spelled(value: number): number | string {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'inf' : '-inf';
}

/** Beyond 2^53 a JSON number would lose digits. */
function exact(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

const hex = (value: number) => value.toString(16).toUpperCase().padStart(4, '0');

const readers: Readonly<Record<string, { readonly size: number; readonly read: Reader }>> = {
  US: { size: 2, read: (view, offset, little) => view.getUint16(offset, little) },
  SS: { size: 2, read: (view, offset, little) => view.getInt16(offset, little) },
  UL: { size: 4, read: (view, offset, little) => view.getUint32(offset, little) },
  SL: { size: 4, read: (view, offset, little) => view.getInt32(offset, little) },
  UV: { size: 8, read: (view, offset, little) => exact(view.getBigUint64(offset, little)) },
  SV: { size: 8, read: (view, offset, little) => exact(view.getBigInt64(offset, little)) },
  FL: { size: 4, read: (view, offset, little) => spelled(view.getFloat32(offset, little)) },
  FD: { size: 8, read: (view, offset, little) => spelled(view.getFloat64(offset, little)) },
  AT: {
    size: 4,
    read: (view, offset, little) =>
      hex(view.getUint16(offset, little)) + hex(view.getUint16(offset + 2, little)),
  },
};

/** Binary numbers of an element, in the byte order of its data set; a remainder shorter than one number is left out. */
export function readNumbers(vr: string, dataSet: DataSet, element: Element): (number | string)[] {
  const reader = readers[vr];
  if (!reader) return [];
  const { buffer, byteOffset } = dataSet.byteArray;
  const view = new DataView(buffer, byteOffset + element.dataOffset, element.length);
  const little = !isBigEndian(dataSet);
  const count = Math.floor(element.length / reader.size);
  return Array.from({ length: count }, (_, index) => reader.read(view, index * reader.size, little));
}

/** The parser keeps the byte order as the reader it chose. */
function isBigEndian(dataSet: DataSet): boolean {
  return dataSet.byteArrayParser.readUint16(new Uint8Array([1, 0]), 0) !== 1;
}
