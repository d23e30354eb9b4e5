import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { errorsOfDciodvfy, hasDciodvfy, hasPydicom, readWithPydicom } from './segmentation-file';
import { ViewerPage } from './viewer-page';

const data = path.resolve(import.meta.dirname, '../../../shared/data/dicom');

/** A structure of each series: slice counted from the lowest, and a pixel well inside it. */
const series = [
  {
    name: 'ct-abdomen',
    structure: 'the aorta',
    slice: 10,
    column: 262,
    row: 298,
    largestArea: 3000,
  },
  {
    name: 'ct-head',
    structure: 'a hypodense area, under a tilted gantry',
    slice: 14,
    column: 335,
    row: 290,
    largestArea: 8000,
  },
  {
    name: 'mr-head',
    structure: 'the pons, on oblique slices with anisotropic pixels',
    slice: 24,
    column: 132,
    row: 205,
    largestArea: 4000,
  },
];

describe('real DICOM', { concurrency: false, skip: existsSync(data) ? false : `${data} is not here` }, () => {
  for (const { name, structure, slice, column, row, largestArea } of series) {
    describe(name, { concurrency: false }, () => {
      let viewer: ViewerPage;

      before(async () => {
        viewer = await ViewerPage.open(name, path.join(data, name));
        const [study] = viewer.studies;
        if (study === undefined) throw new Error(`${name} holds no study.`);
        await viewer.openStudy(study);
      });
      after(async () => {
        await viewer.close();
      });

      test(`a click proposes a mask for ${structure}`, async () => {
        await viewer.showSlice(slice);
        await viewer.clickSlice(column, row);
        await viewer.waitForRound(1);
        await viewer.screenshot('proposal');
        assert.equal(await viewer.pixels.recommendedCovers(column, row), true);
        const area = await viewer.number('spa-recommended', 'data-area-mm2');
        assert.ok(area > 5 && area < largestArea, `${area} mm2`);
      });

      test('paging on shows the next slice without the proposal', async () => {
        await viewer.showSlice(slice + 1);
        await viewer.screenshot('next-slice');
        await viewer.showSlice(slice);
      });

      test('accepting writes the mask, and the exported SEG holds it', async t => {
        const recommended = await viewer.pixels.recommended();
        await viewer.by('spa-accept').click();
        await viewer.waitForState('idle');
        assert.deepEqual(await viewer.pixels.segmentation(), recommended);
        const file = await viewer.exportSegmentation();
        await viewer.screenshot('accepted');
        if (hasDciodvfy()) assert.deepEqual(errorsOfDciodvfy(file), []);
        else t.diagnostic('dciodvfy is not here: the file was not checked by it');
        if (!hasPydicom()) return t.skip('pydicom is not here: set SPA_PYTHON to a Python that has it');
        assert.deepEqual(readWithPydicom(file).pixels, recommended);
      });

      test('nothing failed unseen and nothing was fetched from elsewhere', () => {
        assert.deepEqual(viewer.faults, []);
      });
    });
  }
});
