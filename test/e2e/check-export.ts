import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { errorsOfDciodvfy, hasDciodvfy, hasPydicom, readWithPydicom } from './segmentation-file';
import type { SegmentPixels } from './viewer-pixels';

/** The file is valid, and holds the pixels that are on the screen; what this machine cannot check is said in the test's report. */
export function checkExport(file: string, onScreen: SegmentPixels, t: TestContext): void {
  if (hasDciodvfy()) assert.deepEqual(errorsOfDciodvfy(file), []);
  else t.diagnostic('dciodvfy is not here: the file was not checked by it');
  if (hasPydicom()) assert.deepEqual(readWithPydicom(file).pixels, onScreen);
  else t.diagnostic('pydicom is not here: the pixels of the file were not compared');
}
