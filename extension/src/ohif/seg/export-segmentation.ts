import { reasonOf, SpaError } from '../../core/error';
import { sha256 } from '../../inference/bundle/sha256';
import type { Host } from '../host/host';
import { segmentationsIn } from '../segmentation/segmentations-in';
import { dicomFile, randomUid } from './dicom-file';
import { readSource } from './read-source';
import { saveFiles } from './save-files';
import { segmentationObject } from './segmentation-object';
import { splitForObjects } from './split-for-objects';

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
    files.map(({ bytes: content }, i) => ({
      content,
      name: `${fileName(label)}${i === 0 ? '' : ` ${i + 1}`}.dcm`,
    })),
  );
}

/**
 * Stores the active segmentation of a viewport as a binary DICOM SEG object where the images came from. `partly`: by their content, the files of
 * segmentations of which another file was refused; they are not sent again as long as they are as they were.
 * @throws SpaError `export-empty`, `export-failed`; `store-failed` if the data source takes no objects or refuses this one
 */
export async function storeSegmentation(
  host: Host,
  viewportId: string | null,
  software: string,
  partly: Set<string>,
): Promise<void> {
  const { files } = await activeSegmentationFiles(host, viewportId, software);
  const isStored = ({ content }: SegmentationFile): boolean => partly.has(content);
  await failing(
    'store-failed',
    async () => {
      for (const file of files) {
        if (isStored(file)) continue;
        await host.storeDicom(file.bytes);
        partly.add(file.content);
      }
    },
    () => {
      const stored = files.filter(isStored).map(({ size }) => size);
      const missing = files.filter(file => !isStored(file)).map(({ size }) => size);
      return stored.length === 0 ? {} : { stored: stored.join(', '), missing: missing.join(', ') };
    },
  );
  // To store the whole of it once more is what the user may want.
  for (const { content } of files) partly.delete(content);
}

interface SegmentationFile {
  readonly bytes: ArrayBuffer;
  /** The same for the same pixels, segments and images, whenever the file is made; empty where it is the only one. */
  readonly content: string;
  /** Of its images. */
  readonly size: string;
}

/** One file, or one for each size of its images. */
async function activeSegmentationFiles(
  host: Host,
  viewportId: string | null,
  software: string,
): Promise<{ readonly files: readonly SegmentationFile[]; readonly label: string }> {
  const segmentation = viewportId === null ? undefined : segmentationsIn(host, viewportId)[0];
  if (viewportId === null || segmentation === undefined) throw new SpaError('export-empty');
  const files = await failing('export-failed', () => {
    const sources = splitForObjects(readSource(host, viewportId, segmentation, software));
    const circumstances = { newUid: randomUid, now: new Date() };
    // All read before anything is waited for: the user may draw on meanwhile.
    const objects = sources.map(source => ({
      object: segmentationObject(source, circumstances),
      timeless:
        sources.length < 2 ? null : segmentationObject(source, { newUid: () => '2.25.0', now: new Date(0) }),
    }));
    return Promise.all(
      objects.map(async ({ object, timeless }) => ({
        bytes: await dicomFile(object),
        content: timeless === null ? '' : await sha256(new Uint8Array(await dicomFile(timeless))),
        size: `${String(object['Columns'])} × ${String(object['Rows'])}`,
      })),
    );
  });
  return { files, label: segmentation.label };
}

/** Whatever goes wrong while an object is made or sent is a fault of that kind. */
async function failing<T>(
  code: 'export-failed' | 'store-failed',
  act: () => Promise<T>,
  more: () => Readonly<Record<string, string>> = () => ({}),
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof SpaError) throw error;
    const reason = reasonOf(error);
    const status = statusOf(error);
    const details = { reason, ...(status === null ? {} : { status }), ...more() };
    throw new SpaError(code, details, { cause: error });
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
