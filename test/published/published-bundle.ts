import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const training = path.join(root, 'models/training');
const reference = path.join(root, '../shared/reference');
const checkpoint = path.join(reference, 'spa_tiny_checkpoint.pth');

/** Rounds recorded from the published program. */
export const recordedRounds = path.join(reference, 'reference_rounds.npz');

/**
 * The bundle of the published program's small checkpoint, exported once into the cache and again when checkpoint or exporter change; or why
 * there is none.
 */
export function publishedBundle(): { readonly folder: string } | { readonly absent: string } {
  const missing = [checkpoint, recordedRounds].find(file => !existsSync(file));
  if (missing !== undefined) return { absent: `${path.relative(root, missing)} is not here` };
  const python = process.env['SPA_PYTHON'] ?? 'python3';
  const probe = spawnSync(python, ['-c', 'import torch, onnx, onnxruntime, numpy'], { encoding: 'utf8' });
  if (probe.status !== 0) {
    return {
      absent: `${python} has not the packages of models/training/requirements.txt; SPA_PYTHON names another`,
    };
  }
  const folder = path.join(root, '.cache/published', fingerprint());
  if (existsSync(path.join(folder, 'manifest.json'))) return { folder };
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const exported = spawnSync(
    python,
    ['-m', 'spa_models', 'export', '--checkpoint', checkpoint, '--out', partial],
    { cwd: training, encoding: 'utf8' },
  );
  if (exported.status !== 0) {
    rmSync(partial, { recursive: true });
    throw new Error(`The checkpoint could not be exported:\n${exported.stdout}\n${exported.stderr}`);
  }
  // Another test may have been faster; its bundle is the same.
  if (existsSync(folder)) rmSync(partial, { recursive: true });
  else renameSync(partial, folder);
  return { folder };
}

/** Of everything that the bundle follows from. */
function fingerprint(): string {
  const sources = path.join(training, 'spa_models/published');
  const files = readdirSync(sources)
    .filter(name => name.endsWith('.py'))
    .sort()
    .map(name => path.join(sources, name));
  const hash = createHash('sha256');
  for (const file of [checkpoint, ...files]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
