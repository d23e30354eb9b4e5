/** Makes `docs/loop.png`, the README's picture: the loop on the demo study, zoomed to a part-solid nodule. Run it by `npx tsx`. */
import path from 'node:path';
import { STUDY_GRID } from '../../demo/phantom/grid';
import { noduleOnImage, nodules } from '../../demo/phantom/nodules';
import { cacheFolder } from '../../tools/dependencies.mjs';
import { ensureDemoStudy } from '../../tools/serve/demo-study';
import { ViewerPage } from './viewer-page';

const root = path.resolve(import.meta.dirname, '../..');
const kind = process.argv[2] ?? 'part-solid';
const nodule = nodules.find(candidate => candidate.kind === kind);
if (nodule === undefined) throw new Error(`The phantom has no ${kind} nodule.`);
const { slice, column, row } = noduleOnImage(nodule, STUDY_GRID);

const viewer = await ViewerPage.open('readme', await ensureDemoStudy(root, cacheFolder, console.error));
try {
  await viewer.openDemoFromWorkList();
  await viewer.showSlice(Math.round(slice));
  await viewer.zoomTo(Math.round(column), Math.round(row), 4);
  await viewer.clickSlice(Math.round(column), Math.round(row));
  await viewer.waitForRound(1);
  await viewer.page.mouse.move(300, 4);
  await viewer.page.waitForTimeout(1000);
  await viewer.page.screenshot({ path: path.join(root, 'docs/loop.png') });
} finally {
  await viewer.close();
}
