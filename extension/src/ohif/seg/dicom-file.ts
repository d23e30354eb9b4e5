import type { Item } from './dataset-item';

/** Explicit VR Little Endian (PS3.5 A.2). */
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';

/** Derived from a random UUID (PS3.5 B.2); names this software in the file meta information. */
const IMPLEMENTATION = '2.25.206813447212395098113871256043612874913';

/** A DICOM file (PS3.10) with a dataset that names its SOP class and instance. The writer is loaded at its first use: it is large. */
export async function dicomFile(dataset: Item): Promise<ArrayBuffer> {
  const { default: dcmjs } = await import('dcmjs');
  const { DicomDict, DicomMetaDictionary } = dcmjs.data;
  const meta = DicomMetaDictionary.denaturalizeDataset({
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: dataset['SOPClassUID'],
    MediaStorageSOPInstanceUID: dataset['SOPInstanceUID'],
    TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
    ImplementationClassUID: IMPLEMENTATION,
    ImplementationVersionName: 'SPA_OHIF',
  });
  const file = new DicomDict(meta);
  file.dict = DicomMetaDictionary.denaturalizeDataset({ ...dataset, _vrMap: { PixelData: 'OB' } });
  // Values are of the length that the standard allows, but for identifiers of the images that are not: those must stay as they are.
  return file.write({ allowInvalidVRLength: true });
}

/** A new UID from 128 random bits (PS3.5 B.2). */
export function randomUid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `2.25.${bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)}`;
}
