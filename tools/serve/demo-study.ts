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
  const partial = path.join(folder, `.partial-${process.pid}`);
  await makeDemoStudy(partial);
  if (existsSync(study)) await rm(partial, { recursive: true });
  else await rename(partial, study);
  // Studies of earlier generators; what another process is still making stays.
  for (const name of await readdir(folder)) {
    if (name !== path.basename(study) && !name.startsWith('.partial-')) {
      await rm(path.join(folder, name), { recursive: true, force: true });
    }
  }
  log(
    `Demo study made in ${((Date.now() - started) / 1000).toFixed(0)} s: ${(await readdir(study)).length} slices.`,
  );
  return study;
}
