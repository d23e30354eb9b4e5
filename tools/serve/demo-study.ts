import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeDemoStudy } from '../../demo/phantom/study';
import { hashOf } from '../dependencies.mjs';

/**
 * The demo study's folder; made when the generator is not the one that made the study that is there. Complete or absent: it is
 * made under another name and renamed.
 */
export async function ensureDemoStudy(
  root: string,
  cache: string,
  log: (line: string) => void,
): Promise<string> {
  const generator = await hashOf([path.join(root, 'demo', 'phantom')]);
  const folder = path.join(cache, 'demo');
  const study = path.join(folder, generator.slice(0, 16));
  if (existsSync(study)) return study;
  const started = Date.now();
  log('Making the demo study (once) ...');
  await rm(folder, { recursive: true, force: true });
  const partial = path.join(folder, `.partial-${process.pid}`);
  await makeDemoStudy(partial);
  await rename(partial, study);
  log(
    `Demo study made in ${((Date.now() - started) / 1000).toFixed(0)} s: ${(await readdir(study)).length} slices.`,
  );
  return study;
}
