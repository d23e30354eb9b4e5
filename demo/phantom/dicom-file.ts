import dcmjs from 'dcmjs';

/** Explicit VR little endian: uncompressed, and what every reader must understand. */
const TRANSFER_SYNTAX = '1.2.840.10008.1.2.1';

/** Attributes by keyword (dcmjs's "naturalised" form). */
export type Attributes = Readonly<Record<string, AttributeValue>>;
type AttributeValue = string | number | readonly (string | number | ArrayBuffer | Attributes)[];

/** The bytes of a DICOM Part 10 file. `attributes` must hold SOPClassUID and SOPInstanceUID. */
export function encodeDicomFile(
  attributes: Attributes,
  implementation: { uid: string; version: string },
): Uint8Array {
  const { DicomDict, DicomMetaDictionary } = dcmjs.data;
  const meta = DicomMetaDictionary.denaturalizeDataset({
    FileMetaInformationVersion: new Uint8Array([0, 1]).buffer,
    MediaStorageSOPClassUID: attributes['SOPClassUID'],
    MediaStorageSOPInstanceUID: attributes['SOPInstanceUID'],
    TransferSyntaxUID: TRANSFER_SYNTAX,
    ImplementationClassUID: implementation.uid,
    ImplementationVersionName: implementation.version,
  });
  const file = new DicomDict(meta);
  file.dict = DicomMetaDictionary.denaturalizeDataset({ ...attributes, _vrMap: { PixelData: 'OW' } });
  return new Uint8Array(file.write({ fragmentMultiframe: false }));
}
