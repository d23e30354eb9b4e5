import { spawnSync } from 'node:child_process';
import path from 'node:path';

const python = process.env['SPA_PYTHON'] ?? 'python3';

export interface SegmentationFile {
  readonly sopClass: string;
  readonly type: string;
  readonly transferSyntax: string;
  readonly algorithmType: string;
  readonly algorithmName: string;
  readonly rows: number;
  readonly columns: number;
  /** `<SOP instance UID of the image>#<segment>` -> indices of the segment's pixels, row-major, ascending. */
  readonly pixels: Readonly<Record<string, readonly number[]>>;
  /** For each frame of the object the frame of the image it was drawn on, and where that lies (mm). */
  readonly places: readonly { readonly frame: number | null; readonly position: readonly number[] | null }[];
  /** Shared by all frames; null where the images do not say. */
  readonly pixelSpacing: readonly number[] | null;
}

// Asked once for all files that are checked: to start Python and to load what it needs takes longer than to read one.
let pydicom: boolean | undefined;
let dciodvfy: boolean | undefined;

export function hasPydicom(): boolean {
  return (pydicom ??= spawnSync(python, ['-c', 'import pydicom, numpy']).status === 0);
}

export function hasDciodvfy(): boolean {
  return (dciodvfy ??= spawnSync('dciodvfy', ['-version']).error === undefined);
}

/** The file as pydicom, an implementation that shares nothing with ours, reads it. */
export function readWithPydicom(file: string): SegmentationFile {
  const script = path.join(import.meta.dirname, 'verify_seg.py');
  const { status, stdout, stderr } = spawnSync(python, [script, file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`pydicom could not read ${file}: ${stderr}`);
  return JSON.parse(stdout) as SegmentationFile;
}

/** The lines in which `dciodvfy` calls the file wrong. */
export function errorsOfDciodvfy(file: string): string[] {
  const { stdout, stderr } = spawnSync('dciodvfy', [file], { encoding: 'utf8', maxBuffer: 1 << 26 });
  return `${stdout}\n${stderr}`.split('\n').filter(line => line.startsWith('Error'));
}
