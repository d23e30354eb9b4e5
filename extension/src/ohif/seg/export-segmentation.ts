import { reasonOf, SpaError } from '../../core/error';
import type { Host } from '../host/host';
import { segmentationsIn } from '../segmentation/segmentations-in';
import { dicomFile, randomUid } from './dicom-file';
import { readSource } from './read-source';
import { saveFiles } from './save-files';
import { segmentationObject } from './segmentation-object';
import { splitBySize } from './split-by-size';

/**
 * Saves the active segmentation of a viewport as a binary DICOM SEG file on the user's computer.
 * @throws SpaError `export-empty`, `export-failed`
 */
export async function downloadSegmentation(
  host: Host,
  viewportId: string | null,
  software: string,
): Promise<void> {
  const { files, label } = await activeSegmentationFiles(host, viewportId, software);
  await saveFiles(
    files.map((content, i) => ({ content, name: `${fileName(label)}${i === 0 ? '' : ` ${i + 1}`}.dcm` })),
  );
}

/**
 * Stores the active segmentation of a viewport as a binary DICOM SEG object where the images came from.
 * @throws SpaError `export-empty`, `export-failed`; `store-failed` if the data source takes no objects or refuses this one
 */
export async function storeSegmentation(
  host: Host,
  viewportId: string | null,
  software: string,
): Promise<void> {
  const { files } = await activeSegmentationFiles(host, viewportId, software);
  await failing('store-failed', async () => {
    for (const file of files) await host.storeDicom(file);
  });
}

/** One file, or one for each size of its images. */
async function activeSegmentationFiles(
  host: Host,
  viewportId: string | null,
  software: string,
): Promise<{ readonly files: readonly ArrayBuffer[]; readonly label: string }> {
  const segmentation = viewportId === null ? undefined : segmentationsIn(host, viewportId)[0];
  if (viewportId === null || segmentation === undefined) throw new SpaError('export-empty');
  const files = await failing('export-failed', () => {
    const sources = splitBySize(readSource(host, viewportId, segmentation, software));
    const circumstances = { newUid: randomUid, now: new Date() };
    return Promise.all(sources.map(source => dicomFile(segmentationObject(source, circumstances))));
  });
  return { files, label: segmentation.label };
}

/** Whatever goes wrong while an object is made or sent is a fault of that kind. */
async function failing<T>(code: 'export-failed' | 'store-failed', act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof SpaError) throw error;
    const reason = reasonOf(error);
    const status = statusOf(error);
    throw new SpaError(code, { reason, ...(status === null ? {} : { status }) }, { cause: error });
  }
}

/** HTTP status of a request that failed: 0 where no answer came. Null for what is no failure of a request. */
function statusOf(error: unknown): number | null {
  if (!(error instanceof Error)) return null;
  // The host's client gives the status, with the request, in members of its own; its message is the same for all of them.
  const { status, response, request } = error as Error & {
    readonly status?: unknown;
    readonly response?: { readonly status?: unknown } | null;
    readonly request?: unknown;
  };
  const told = status ?? response?.status;
  if (typeof told === 'number') return told;
  return request !== undefined || 'status' in error ? 0 : null;
}

function fileName(label: string): string {
  return label.replace(/[^\p{L}\p{N} _-]+/gu, ' ').trim() || 'segmentation';
}
