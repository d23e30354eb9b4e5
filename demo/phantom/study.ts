import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ctImage, IMPLEMENTATION } from './ct-image';
import { encodeDicomFile } from './dicom-file';
import { STUDY_GRID, type Grid } from './grid';
import { makePhantom } from './phantom';

/** The seed of the demo study: with it, the places in `nodules.ts` are where the nodules lie. */
export const DEMO_SEED = 7;

/** Called after each slice. */
type Progress = (done: number, total: number) => void;

/**
 * Writes the demo study: one CT series of a chest phantom, a DICOM file a slice (`ct-001.dcm` is the lowest), about
 * 25 MB. The same bytes every time. The directory is made if need be.
 */
export async function makeDemoStudy(
  directory: string,
  onProgress?: Progress,
  grid: Grid = STUDY_GRID,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const phantom = makePhantom(DEMO_SEED, grid);
  for (let slice = 0; slice < grid.slices; slice++) {
    const attributes = ctImage(DEMO_SEED, grid, slice, phantom.stored(slice));
    const name = `ct-${String(slice + 1).padStart(3, '0')}.dcm`;
    await writeFile(join(directory, name), encodeDicomFile(attributes, IMPLEMENTATION));
    onProgress?.(slice + 1, grid.slices);
  }
}
