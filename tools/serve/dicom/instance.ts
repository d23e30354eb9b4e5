import type { DataSet } from 'dicom-parser';
import { locateFrames, type PixelLayout } from './frames';
import { toDicomJson, type DicomJson, type JsonModelOptions } from './json-model';
import { BrokenDicomError, NotDicomError, readPart10 } from './part10';

/** One indexed file. Its full metadata are read again when they are asked for: an index of thousands stays small. */
export interface Instance {
  readonly path: string;
  readonly studyUid: string;
  readonly seriesUid: string;
  readonly sopUid: string;
  readonly transferSyntax: string;
  readonly pixels: PixelLayout;
  readonly byteLength: number;
  /** The attributes by which studies, series and instances are searched. */
  readonly attributes: DicomJson;
}

const searched = new Set([
  ...[
    '00080005',
    '00080016',
    '00080018',
    '00080020',
    '00080021',
    '00080030',
    '00080031',
    '00080050',
    '00080060',
  ],
  ...[
    '00080090',
    '00081030',
    '0008103E',
    '00100010',
    '00100020',
    '00100030',
    '00100040',
    '0020000D',
    '0020000E',
  ],
  ...['00200010', '00200011', '00200013', '00280008', '00280010', '00280011'],
]);

/** Media Storage Directory: an index of a disk, not an image; it is not needed because the folder is searched. */
const directoryClass = '1.2.840.10008.1.3.10';

/**
 * @throws NotDicomError for what is no DICOM file (or a DICOMDIR).
 * @throws BrokenDicomError for a DICOM file that cannot be served.
 */
export async function readInstance(path: string): Promise<Instance> {
  const part10 = await readPart10(path);
  const { dataSet, transferSyntax, byteLength } = part10;
  if (dataSet.string('x00020002') === directoryClass) throw new NotDicomError('DICOMDIR');
  const all = withIdentity(toDicomJson(onlySearched(dataSet), { bulkDataUri: () => '' }), dataSet);
  return {
    path,
    studyUid: requireUid(dataSet, 'x0020000d', 'Study Instance UID'),
    seriesUid: requireUid(dataSet, 'x0020000e', 'Series Instance UID'),
    sopUid: requireUid(dataSet, dataSet.string('x00080018') ? 'x00080018' : 'x00020003', 'SOP Instance UID'),
    transferSyntax,
    pixels: await locateFrames(path, part10),
    byteLength,
    attributes: Object.fromEntries(Object.entries(all).filter(([key]) => searched.has(key))),
  };
}

/** Everything but the pixels, as WADO-RS sends metadata. */
export async function readMetadata(instance: Instance, options: JsonModelOptions): Promise<DicomJson> {
  const { dataSet } = await readPart10(instance.path);
  // Available Transfer Syntax UID (0008,3002): how the frames will come.
  const syntax = instance.pixels.kind === 'encapsulated' ? instance.transferSyntax : '1.2.840.10008.1.2.1';
  const json = withIdentity(toDicomJson(dataSet, options), dataSet);
  return { ...json, '00083002': { vr: 'UI', Value: [syntax] } };
}

/**
 * Anonymisers have been seen to empty SOP Class UID, without which a viewer shows nothing; File Meta Information says it again
 * as Media Storage SOP Class UID (0002,0002), and the instance's UID as (0002,0003).
 */
function withIdentity(json: DicomJson, dataSet: DataSet): DicomJson {
  const completed = { ...json };
  for (const [key, meta] of [
    ['00080016', 'x00020002'],
    ['00080018', 'x00020003'],
  ] as const) {
    const uid = dataSet.string(meta);
    if (!completed[key]?.Value && uid) completed[key] = { vr: 'UI', Value: [uid] };
  }
  return completed;
}

/** A view of the data set without what only the full metadata need. */
function onlySearched(dataSet: DataSet): DataSet {
  const small = Object.entries(dataSet.elements).filter(
    ([tag]) => searched.has(tag.slice(1).toUpperCase()) || tag === 'x00280103',
  );
  return Object.assign(Object.create(Object.getPrototypeOf(dataSet) as object) as DataSet, dataSet, {
    elements: Object.fromEntries(small),
  });
}

function requireUid(dataSet: DataSet, tag: string, name: string): string {
  const uid = dataSet.string(tag)?.trim();
  if (!uid) throw new BrokenDicomError(`It has no ${name}. Export it again.`);
  // UIDs become parts of URLs and of file names.
  if (!/^[0-9.]{1,64}$/.test(uid)) throw new BrokenDicomError(`Its ${name} is not a UID. Export it again.`);
  return uid;
}
