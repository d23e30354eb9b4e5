import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { BrokenDicomError, NotDicomError } from './dicom/part10';
import { readInstance } from './dicom/instance';
import { ServeError } from './serve-error';
import { StudyIndex } from './study-index';

export interface ScanResult {
  readonly index: StudyIndex;
  /** Files that are not DICOM. */
  readonly skipped: number;
  readonly broken: readonly { readonly path: string; readonly reason: string }[];
  /** Two files with one SOP Instance UID: `path` is left out, `first` is served. */
  readonly duplicates: readonly { readonly path: string; readonly first: string; readonly sopUid: string }[];
}

/**
 * Indexes every DICOM file below a folder, in the order of the file names, so that of two alike the same one always wins.
 *
 * @throws ServeError when the folder is missing, is no folder, or holds no DICOM file that can be served.
 */
export async function scanFolder(folder: string): Promise<ScanResult> {
  await requireFolder(folder);
  const index = new StudyIndex();
  const broken: { path: string; reason: string }[] = [];
  const duplicates: { path: string; first: string; sopUid: string }[] = [];
  let skipped = 0;
  for await (const file of filesBelow(folder, broken)) {
    try {
      const instance = await readInstance(file);
      const first = index.add(instance);
      if (first) duplicates.push({ path: file, first: first.path, sopUid: instance.sopUid });
    } catch (error) {
      if (error instanceof NotDicomError) skipped += 1;
      else if (error instanceof BrokenDicomError) broken.push({ path: file, reason: error.message });
      else if (isFileSystemError(error))
        broken.push({ path: file, reason: `It cannot be read (${error.code}).` });
      else throw error;
    }
  }
  if (index.counts().instances === 0) throw new ServeError(nothingToServe(folder, skipped, broken));
  return { index, skipped, broken, duplicates };
}

async function requireFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (isFileSystemError(error)) return null;
    throw error;
  });
  if (!found)
    throw new ServeError(
      `The folder ${folder} does not exist. Give the folder of your DICOM files with --data.`,
    );
  if (!found.isDirectory())
    throw new ServeError(`${folder} is a file. Give the folder that holds it with --data.`);
}

function nothingToServe(folder: string, skipped: number, broken: ScanResult['broken']): string {
  const first = broken[0];
  const found = first
    ? `${broken.length} broken DICOM files (the first: ${first.path}: ${first.reason})`
    : skipped === 0
      ? 'no files'
      : `${skipped} files, none of them DICOM`;
  return `The folder ${folder} holds ${found}. Give a folder with DICOM files with --data; subfolders are searched too.`;
}

async function* filesBelow(
  folder: string,
  broken: { path: string; reason: string }[],
): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
    broken.push({ path: folder, reason: `The folder cannot be read (${error.code}).` });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(full, broken);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(full)))) yield full;
  }
}

/** Links to files are followed, links to folders are not: they can lead in circles. */
async function isFile(link: string): Promise<boolean> {
  try {
    return (await stat(link)).isFile();
  } catch (error) {
    if (isFileSystemError(error)) return false;
    throw error;
  }
}

function isFileSystemError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error;
}
