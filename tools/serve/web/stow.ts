/** Store: STOW-RS, PS3.18 10.5. What the viewer saves, such as a segmentation, joins the studies that are served. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { DicomJson } from '../dicom/json-model';
import { readInstance, type Instance } from '../dicom/instance';
import { BrokenDicomError, NotDicomError } from '../dicom/part10';
import type { StudyIndex } from '../study-index';
import { parts } from './multipart-request';
import type { Reply } from './reply';
import { instanceUrl } from './wado';

/** Bytes. */
const largestRequest = 1024 ** 3;

/** Failure Reason (0008,1197). */
const failure = { duplicate: 0x0111, cannotUnderstand: 0xc000 } as const;

interface Outcome {
  readonly stored: DicomJson[];
  readonly failed: DicomJson[];
}

/** Keeps each DICOM file of the request in `folder` and adds it to the index. */
export async function store(index: StudyIndex, folder: string, request: IncomingMessage): Promise<Reply> {
  const body = await readBody(request);
  if (!body) return { status: 413, type: 'text/plain', body: 'A request can store at most 1 GiB.\n' };
  const files = parts(body, request.headers['content-type'] ?? '');
  if (!files)
    return {
      status: 415,
      type: 'text/plain',
      body: 'Send multipart/related with parts of application/dicom.\n',
    };
  const outcome: Outcome = { stored: [], failed: [] };
  for (const file of files) await storeOne(index, folder, file, outcome);
  const { stored, failed } = outcome;
  return {
    status: stored.length === 0 ? 409 : failed.length === 0 ? 200 : 202,
    type: 'application/dicom+json; charset=utf-8',
    body: JSON.stringify({
      ...(stored.length > 0 ? { '00081199': { vr: 'SQ', Value: stored } } : {}),
      ...(failed.length > 0 ? { '00081198': { vr: 'SQ', Value: failed } } : {}),
    }),
  };
}

async function storeOne(
  index: StudyIndex,
  folder: string,
  bytes: Buffer,
  { stored, failed }: Outcome,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const arriving = path.join(folder, `.${randomUUID()}`);
  try {
    await writeFile(arriving, bytes);
    const instance = await readInstance(arriving);
    const kept: Instance = { ...instance, path: path.join(folder, `${instance.sopUid}.dcm`) };
    if (index.add(kept)) {
      failed.push({ ...reference(instance), '00081197': { vr: 'US', Value: [failure.duplicate] } });
      return;
    }
    await rename(arriving, kept.path);
    stored.push({ ...reference(kept), '00081190': { vr: 'UR', Value: [instanceUrl(kept)] } });
  } catch (error) {
    if (!(error instanceof NotDicomError) && !(error instanceof BrokenDicomError)) throw error;
    failed.push({ '00081197': { vr: 'US', Value: [failure.cannotUnderstand] } });
  } finally {
    await rm(arriving, { force: true });
  }
}

function reference({ attributes, sopUid }: Instance): DicomJson {
  return {
    '00081150': attributes['00080016'] ?? { vr: 'UI' },
    '00081155': { vr: 'UI', Value: [sopUid] },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestRequest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What earlier runs stored for the studies that are served now; the rest waits for its study. */
export async function addStored(index: StudyIndex, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.dcm')) continue;
    try {
      const instance = await readInstance(path.join(folder, name));
      if (index.studies.has(instance.studyUid)) index.add(instance);
    } catch (error) {
      if (!(error instanceof NotDicomError) && !(error instanceof BrokenDicomError)) throw error;
      console.error(`What was stored as ${name} is left out: ${error.message}`);
    }
  }
}
