/** Retrieve: WADO-RS, PS3.18 10.4. */
import { readFile } from 'node:fs/promises';
import type { DataSet } from 'dicom-parser';
import { readFrame } from '../dicom/frames';
import { readMetadata, type Instance } from '../dicom/instance';
import { bytesOf, type DicomJson } from '../dicom/json-model';
import { readPart10 } from '../dicom/part10';
import type { Series } from '../study-index';
import { multipart, notFound, type Reply } from './reply';

/** Of a frame, by its transfer syntax (PS3.18 8.7.3). */
const mediaTypes: Readonly<Record<string, string>> = {
  '1.2.840.10008.1.2.4.50': 'image/jpeg',
  '1.2.840.10008.1.2.4.51': 'image/jpeg',
  '1.2.840.10008.1.2.4.57': 'image/jpeg',
  '1.2.840.10008.1.2.4.70': 'image/jpeg',
  '1.2.840.10008.1.2.4.80': 'image/jls',
  '1.2.840.10008.1.2.4.81': 'image/jls',
  '1.2.840.10008.1.2.4.90': 'image/jp2',
  '1.2.840.10008.1.2.4.91': 'image/jp2',
  '1.2.840.10008.1.2.4.92': 'image/jpx',
  '1.2.840.10008.1.2.4.93': 'image/jpx',
  '1.2.840.10008.1.2.4.201': 'image/jphc',
  '1.2.840.10008.1.2.4.202': 'image/jphc',
  '1.2.840.10008.1.2.4.203': 'image/jphc',
  '1.2.840.10008.1.2.5': 'image/dicom-rle',
};

export function instanceUrl(instance: Instance): string {
  return `/dicomweb/studies/${instance.studyUid}/series/${instance.seriesUid}/instances/${instance.sopUid}`;
}

export function instanceMetadata(instance: Instance): Promise<DicomJson> {
  return readMetadata(instance, { bulkDataUri: path => `${instanceUrl(instance)}/bulkdata/${path}` });
}

export async function seriesMetadata(series: Series): Promise<DicomJson[]> {
  const metadata: DicomJson[] = [];
  // One after another: a series of a thousand files must not open a thousand files.
  for (const instance of series.instances.values()) metadata.push(await instanceMetadata(instance));
  const number = (json: DicomJson) => Number(json['00200013']?.Value?.[0] ?? 0);
  return metadata.sort((a, b) => number(a) - number(b));
}

/** `list`: frame numbers from 1, with commas. */
export async function frames(instance: Instance, list: string): Promise<Reply> {
  const parts: { type: string; bytes: Buffer }[] = [];
  let contentType = 'application/octet-stream';
  for (const number of list.split(',')) {
    const frame = /^\d+$/.test(number)
      ? await readFrame(instance.path, instance.pixels, Number(number) - 1)
      : null;
    if (!frame) return notFound(`There is no frame ${number} in instance ${instance.sopUid}.`);
    contentType = mediaTypes[frame.transferSyntax] ?? 'application/octet-stream';
    parts.push({ type: `${contentType}; transfer-syntax=${frame.transferSyntax}`, bytes: frame.bytes });
  }
  return multipart(contentType, parts);
}

/** The whole file; alone where the reader asks for `application/dicom`, else in a multipart. */
export async function wholeInstances(instances: readonly Instance[], accept: string): Promise<Reply> {
  const [first] = instances;
  if (first && instances.length === 1 && !accept.includes('multipart')) {
    return { status: 200, type: 'application/dicom', body: await readFile(first.path) };
  }
  const parts: { type: string; bytes: Buffer }[] = [];
  for (const instance of instances) {
    parts.push({
      type: `application/dicom; transfer-syntax=${instance.transferSyntax}`,
      bytes: await readFile(instance.path),
    });
  }
  return multipart('application/dicom', parts);
}

/** `path`: `GGGGEEEE` or `GGGGEEEE.item.GGGGEEEE`, as `instanceMetadata` wrote it. */
export async function bulkData(instance: Instance, path: string, accept: string): Promise<Reply> {
  let dataSet: DataSet | undefined = (await readPart10(instance.path)).dataSet;
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  for (let step = 0; step < steps.length && dataSet; step += 2) {
    dataSet = dataSet.elements[`x${steps[step]?.toLowerCase()}`]?.items?.[Number(steps[step + 1])]?.dataSet;
  }
  const element = dataSet?.elements[`x${last.toLowerCase()}`];
  if (!dataSet || !element || element.items || last.toLowerCase() === '7fe00010') {
    return notFound(`There is no bulk data ${path} in instance ${instance.sopUid}.`);
  }
  const bytes = Buffer.from(bytesOf(dataSet, element));
  if (accept.includes('multipart'))
    return multipart('application/octet-stream', [{ type: 'application/octet-stream', bytes }]);
  return { status: 200, type: 'application/octet-stream', body: bytes };
}
