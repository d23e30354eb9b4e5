import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { disc, discPixels, ECHOES, echoesCount, imageKinds, writeImageKinds } from './image-kinds';
import { errorsOfDciodvfy, hasDciodvfy, hasPydicom, readWithPydicom } from './segmentation-file';
import { ViewerPage } from './viewer-page';
import type { SegmentPixels } from './viewer-pixels';

describe('kinds of pixels', { concurrency: false }, () => {
  let viewer: ViewerPage;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'spa-kinds-'));
    await writeImageKinds(folder);
    viewer = await ViewerPage.open('image-kinds', folder);
    const [study] = viewer.studies;
    await viewer.openStudy(study ?? '');
  });
  after(async () => {
    await viewer.close();
    await rm(folder, { recursive: true });
  });

  for (const { name, frame, spacing, pixelArea } of imageKinds) {
    test(`${name}: a click finds the disc, and the exported SEG holds it`, async t => {
      await viewer.openSeries(name);
      if (frame !== null) await viewer.showSlice(frame.number - 1);
      await viewer.clickSlice(disc.column, disc.row);
      await viewer.waitForRound(1);
      await viewer.screenshot(name.replace(' ', '-'));
      const recommended = await viewer.pixels.recommended();
      const dice = diceWithDisc(recommended);
      t.diagnostic(`Dice ${dice.toFixed(3)}`);
      assert.ok(dice > 0.9, `Dice ${dice}`);
      assert.equal(
        await viewer.by('spa-recommended').getAttribute('data-area-mm2'),
        areaText(recommended, pixelArea),
      );

      await viewer.by('spa-accept').click();
      await viewer.waitForState('idle');
      const file = await viewer.exportSegmentation();
      if (hasDciodvfy()) assert.deepEqual(errorsOfDciodvfy(file), []);
      else t.diagnostic('dciodvfy is not here: the file was not checked by it');
      if (!hasPydicom()) return t.skip('pydicom is not here: set SPA_PYTHON to a Python that has it');
      const read = readWithPydicom(file);
      assert.deepEqual(read.pixels, recommended);
      if (frame === null) return;
      assert.deepEqual(read.places, [{ frame: frame.number, position: frame.position }]);
      assert.deepEqual(read.pixelSpacing, spacing);
    });
  }

  test('ECHOES: a series of several images at every place is shown image by image, and segmented there', async () => {
    await viewer.openSeries(ECHOES);
    const images = await viewer.page.evaluate(() => {
      const viewport = window.cornerstone.getRenderingEngines()[0]?.getViewports()[0];
      return viewport?.type === 'stack' ? viewport.getImageIds().length : viewport?.type;
    });
    assert.equal(images, echoesCount);
    await viewer.clickSlice(disc.column, disc.row);
    await viewer.waitForRound(1);
    await viewer.screenshot('ECHOES');
    const dice = diceWithDisc(await viewer.pixels.recommended());
    assert.ok(dice > 0.9, `Dice ${dice}`);
  });

  test('nothing failed unseen and nothing was fetched from elsewhere', () => {
    assert.deepEqual(viewer.faults, []);
  });
});

/** As the panel holds it; null where an image does not tell what its pixels cover. */
function areaText(segments: SegmentPixels, pixelArea: number | null): string | null {
  const [found = []] = Object.values(segments);
  return pixelArea === null ? null : String(Math.round(found.length * pixelArea * 1000) / 1000);
}

function diceWithDisc(segments: SegmentPixels): number {
  const [found = []] = Object.values(segments);
  const area = discPixels.reduce((sum, inside) => sum + inside, 0);
  const common = found.filter(index => discPixels[index] === 1).length;
  return (2 * common) / (found.length + area);
}
