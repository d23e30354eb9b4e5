import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import path from 'node:path';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { demoNodule } from './demo-nodule';
import { Fingers } from './fingers';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
const { slice, column, row } = demoNodule('part-solid');

/** Least height of what is tapped on, in CSS pixels. */
const FINGERTIP = 36;

/** Half the side of a box around the nodule, in slice pixels. */
const REACH = 16;

describe('the loop with fingers', { concurrency: false }, () => {
  let viewer: ViewerPage;
  let fingers: Fingers;
  const round = (): Promise<number> => viewer.number('spa-panel', 'data-round');

  before(async () => {
    viewer = await ViewerPage.open('touch', await ensureDemoStudy(root, cacheFolder, console.error));
    // Before the viewer is opened: it listens to fingers only where there is a screen for them.
    fingers = await Fingers.on(viewer.page);
    await viewer.openStudy(viewer.studies[0] ?? '');
    await viewer.showSlice(slice);
  });
  after(async () => {
    await viewer.close();
  });

  test('two fingers zoom and ask for no mask', async () => {
    const at = await viewer.pagePosition(column, row);
    const [left, right] = [await viewer.pagePosition(100, row), await viewer.pagePosition(200, row)];
    await fingers.pinch(at, 30, 120);
    const [nowLeft, nowRight] = [await viewer.pagePosition(100, row), await viewer.pagePosition(200, row)];
    assert.ok(nowRight.x - nowLeft.x > 1.2 * (right.x - left.x), 'the image is no larger');
    await viewer.waitForState('idle');
    assert.equal(await round(), 0);
    await viewer.screenshot('zoomed');
  });

  test('a tap proposes', async () => {
    await fingers.tap(await viewer.pagePosition(column, row));
    await viewer.waitForRound(1);
    await viewer.screenshot('proposal');
  });

  test('all that is tapped on is as large as a fingertip, and on a tablet the cards stay in view', async () => {
    const targets = await viewer.page
      .locator('[data-cy="spa-panel"] :is(button, summary, input)')
      .evaluateAll(elements =>
        elements.map(element => ({
          name: element.getAttribute('data-cy') ?? element.className,
          height: element.getBoundingClientRect().height,
        })),
      );
    assert.deepEqual(
      targets.filter(({ height }) => height < FINGERTIP).map(({ name }) => name),
      [],
    );
    const panel = viewer.by('spa-panel');
    assert.equal(await panel.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth), 0);
    await viewer.page.setViewportSize({ width: 1180, height: 690 });
    const [end, saving] = await Promise.all(
      ['spa-candidate-1', 'spa-export-seg'].map(name => viewer.by(name).boundingBox()),
    );
    await viewer.screenshot('tablet');
    assert.ok(end && saving && end.y + end.height <= saving.y, 'the cards are not in view');
    await viewer.page.setViewportSize({ width: 1440, height: 900 });
  });

  test('a tap on a card chooses it', async () => {
    await fingers.tapOn(viewer.by('spa-candidate-1'));
    await viewer.waitForRound(2);
    await fingers.tapOn(viewer.by('spa-clear'));
    await viewer.waitForState('idle');
  });

  test('a finger draws a box around the structure, which is accepted by a tap', async () => {
    await fingers.tapOn(viewer.by('spa-box'));
    const from = await viewer.pagePosition(column - REACH, row - REACH);
    await fingers.drag(from, await viewer.pagePosition(column + REACH, row + REACH));
    await viewer.waitForRound(1);
    const recommended = await viewer.pixels.recommended();
    await viewer.screenshot('box');
    await fingers.tapOn(viewer.by('spa-accept'));
    await viewer.waitForState('idle');
    assert.deepEqual(await viewer.pixels.allSegmentations(), recommended);
  });

  test('nothing failed unseen', () => {
    assert.deepEqual(viewer.faults, []);
  });
});
