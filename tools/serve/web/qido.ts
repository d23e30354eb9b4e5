/** Search for studies, series and instances: QIDO-RS, PS3.18 10.6. */
import type { DicomJson, DicomJsonElement, DicomJsonValue } from '../dicom/json-model';
import { frameCountOf } from '../dicom/frames';
import type { Instance } from '../dicom/instance';
import type { Series, Study } from '../study-index';

/** Tags of the attributes by which is searched, `GGGGEEEE`, by their keywords. */
const keywords: Readonly<Record<string, string>> = {
  StudyDate: '00080020',
  StudyTime: '00080030',
  AccessionNumber: '00080050',
  Modality: '00080060',
  ModalitiesInStudy: '00080061',
  ReferringPhysicianName: '00080090',
  StudyDescription: '00081030',
  SeriesDescription: '0008103E',
  PatientName: '00100010',
  PatientID: '00100020',
  PatientBirthDate: '00100030',
  StudyInstanceUID: '0020000D',
  SeriesInstanceUID: '0020000E',
  StudyID: '00200010',
  SeriesNumber: '00200011',
  SOPInstanceUID: '00080018',
  SOPClassUID: '00080016',
  InstanceNumber: '00200013',
};

const studyLevel = [
  '00080005',
  '00080020',
  '00080030',
  '00080050',
  '00080090',
  '00081030',
  '00100010',
  '00100020',
  '00100030',
  '00100040',
  '0020000D',
  '00200010',
];
const seriesLevel = ['00080021', '00080031', '00080060', '0008103E', '0020000E', '00200011'];
const instanceLevel = ['00080016', '00080018', '00200013', '00280008', '00280010', '00280011'];
/** A study or series is asked about by these even where its files do not have them: present and empty (PS3.18 table 10.6.1-5). */
const emptyVr: Readonly<Record<string, string>> = {
  '00080020': 'DA',
  '00080030': 'TM',
  '00080050': 'SH',
  '00080090': 'PN',
  '00100010': 'PN',
  '00100020': 'LO',
  '00100030': 'DA',
  '00100040': 'CS',
  '00200010': 'SH',
};

export function describeStudy(study: Study): DicomJson {
  const instances = [...study.series.values()].flatMap(series => [...series.instances.values()]);
  const modalities = [
    ...new Set(instances.map(instance => text(instance.attributes['00080060'])).filter(name => name !== '')),
  ];
  return {
    ...pick(instances, studyLevel),
    '00080061': modalities.length === 0 ? { vr: 'CS' } : { vr: 'CS', Value: modalities.sort() },
    '00201206': { vr: 'IS', Value: [study.series.size] },
    '00201208': { vr: 'IS', Value: [instances.length] },
  };
}

export function describeSeries(series: Series): DicomJson {
  const instances = [...series.instances.values()];
  return {
    ...pick(instances, [...studyLevel, ...seriesLevel]),
    '00201209': { vr: 'IS', Value: [instances.length] },
  };
}

export function describeInstance(instance: Instance): DicomJson {
  const frames = frameCountOf(instance.pixels);
  return {
    ...pick([instance], [...studyLevel, ...seriesLevel, ...instanceLevel]),
    ...(frames > 0 ? { '00280008': { vr: 'IS', Value: [frames] } } : {}),
  };
}

/** Each attribute from the first instance that fills it. */
function pick(instances: readonly Instance[], tags: readonly string[]): DicomJson {
  const json: DicomJson = {};
  for (const tag of tags) {
    const filled = instances.find(instance => instance.attributes[tag]?.Value)?.attributes[tag];
    const vr = emptyVr[tag];
    if (filled) json[tag] = filled;
    else if (vr !== undefined) json[tag] = { vr };
  }
  return json;
}

/** Filters and pages, in the order given. Keys that are no attribute known here are ignored, as the standard allows. */
export function search(described: readonly DicomJson[], query: URLSearchParams): DicomJson[] {
  const filters = [...query]
    .map(([key, wanted]) => ({ tag: keywords[key] ?? key.toUpperCase(), wanted }))
    .filter(({ tag, wanted }) => wanted !== '' && Object.values(keywords).includes(tag));
  const matches = described.filter(json =>
    filters.every(({ tag, wanted }) => matchesValue(json[tag], tag, wanted)),
  );
  const offset = nonNegative(query.get('offset')) ?? 0;
  const limit = nonNegative(query.get('limit')) ?? matches.length;
  return matches.slice(offset, offset + limit);
}

export function newestFirst(a: DicomJson, b: DicomJson): number {
  const moment = (json: DicomJson) => text(json['00080020']) + text(json['00080030']);
  return moment(a) === moment(b) ? 0 : moment(a) < moment(b) ? 1 : -1;
}

function nonNegative(value: string | null): number | null {
  const number = Number.parseInt(value ?? '', 10);
  return number >= 0 ? number : null;
}

const lists = new Set(['00080061', '0020000D', '0020000E', '00080018']);

function matchesValue(element: DicomJsonElement | undefined, tag: string, wanted: string): boolean {
  const values = (element?.Value ?? []).map(plain);
  if (tag === '00080020' || tag === '00100030') return values.some(value => inDateRange(value, wanted));
  const patterns = lists.has(tag) ? wanted.split(/[\\,]/) : [wanted];
  // An asterisk alone is universal: it also matches what has no value.
  return patterns.some(
    pattern => /^\*+$/.test(pattern) || values.some(value => wildcard(pattern).test(value)),
  );
}

/** `from-to`, `from-`, `-to` or one day. */
function inDateRange(value: string, wanted: string): boolean {
  const [from, to] = wanted.includes('-') ? wanted.split('-') : [wanted, wanted];
  return (!from || value >= from) && (!to || value <= to);
}

function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'is');
}

function plain(value: DicomJsonValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return String(value);
  return 'Alphabetic' in value && typeof value.Alphabetic === 'string' ? value.Alphabetic : '';
}

function text(element: DicomJsonElement | undefined): string {
  const first = element?.Value?.[0];
  return first === undefined ? '' : plain(first);
}
