import { SpaError } from '../../core/error';
import { segmentationsIn } from '../controller/host-description';
import type { Host } from '../host/host';
import { dicomFile, randomUid } from './dicom-file';
import { readSource } from './read-source';
import { segmentationObject } from './segmentation-object';

/**
 * Saves the active segmentation of a viewport as a binary DICOM SEG file on the user's computer.
 * @throws SpaError `export-empty`, `export-failed`
 */
export async function exportSegmentation(
  host: Host,
  viewportId: string | null,
  software: string,
): Promise<void> {
  const segmentation = viewportId === null ? undefined : segmentationsIn(host, viewportId)[0];
  if (viewportId === null || segmentation === undefined) throw new SpaError('export-empty');
  const file = await written(host, viewportId, segmentation, software);
  download(file, `${fileName(segmentation.label)}.dcm`);
}

async function written(
  host: Host,
  viewportId: string,
  segmentation: Parameters<typeof readSource>[2],
  software: string,
): Promise<ArrayBuffer> {
  try {
    const source = readSource(host, viewportId, segmentation, software);
    return await dicomFile(segmentationObject(source, { newUid: randomUid, now: new Date() }));
  } catch (error) {
    if (error instanceof SpaError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new SpaError('export-failed', { reason }, { cause: error });
  }
}

function fileName(label: string): string {
  return label.replace(/[^\p{L}\p{N} _-]+/gu, ' ').trim() || 'segmentation';
}

function download(file: ArrayBuffer, name: string): void {
  const url = URL.createObjectURL(new Blob([file], { type: 'application/dicom' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read the data only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
