export interface NamedFile {
  readonly name: string;
  readonly content: ArrayBuffer;
}

/** Between two files, in ms: WebKit drops a download that it has not begun when the next one is asked for. */
const BETWEEN_FILES = 500;

/** Hands files to the browser, which saves them on the user's computer, one after the other. */
export async function saveFiles(files: readonly NamedFile[]): Promise<void> {
  for (const [place, file] of files.entries()) {
    if (place > 0) await new Promise(resolve => setTimeout(resolve, BETWEEN_FILES));
    save(file);
  }
}

function save({ name, content }: NamedFile): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/dicom' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read the data only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
