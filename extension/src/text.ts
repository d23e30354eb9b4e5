/** Every sentence that a user can read, in one place, ready for translation. Nothing here imports anything. */

type Details = Readonly<Record<string, string | number>>;
type Problem = (details: Details) => { readonly message: string; readonly remedy: string };

export type ProblemCode =
  | 'no-image'
  | 'plane-unsupported'
  | 'colour-unsupported'
  | 'pixels-unreadable'
  | 'bundle-missing'
  | 'bundle-invalid'
  | 'bundle-hash'
  | 'bundle-version'
  | 'worker-crashed'
  | 'out-of-memory'
  | 'inference-failed'
  | 'prompt-outside'
  | 'nothing-found'
  | 'export-empty'
  | 'export-failed'
  | 'segment-locked'
  | 'unexpected';

const because = (details: Details): string =>
  details['reason'] === undefined ? '' : ` (${details['reason']})`;

export const problems: Readonly<Record<ProblemCode, Problem>> = {
  'no-image': () => ({
    message: 'There is no image in the active viewport.',
    remedy: 'Drag a series into a viewport, click into it, then try again.',
  }),
  'plane-unsupported': () => ({
    message: 'This plane is reconstructed from a volume, which SPA cannot segment yet.',
    remedy: 'Use the plane in which the series was acquired: double-click the series to open it as a stack.',
  }),
  'colour-unsupported': d => ({
    message: `The model takes grey images and this one is in colour${because(d)}.`,
    remedy: 'Choose a grey series, or load a model bundle made for colour.',
  }),
  'pixels-unreadable': d => ({
    message: `The pixels of this image could not be read${because(d)}.`,
    remedy: 'Wait until the image is fully loaded and try again; if it stays so, open the series anew.',
  }),
  'bundle-missing': d => ({
    message: `The model could not be loaded from ${d['url'] ?? 'its address'}${because(d)}.`,
    remedy: 'Check the connection and press Retry; if it stays so, tell your administrator the address.',
  }),
  'bundle-invalid': d => ({
    message: `The model bundle is not usable${because(d)}.`,
    remedy: 'Ask your administrator to install the bundle again.',
  }),
  'bundle-hash': d => ({
    message: `A file of the model bundle is not the one that was published: ${d['file'] ?? 'unknown file'}.`,
    remedy:
      'Press Retry to load it again; if it stays so, ask your administrator to install the bundle again.',
  }),
  'bundle-version': d => ({
    message: `This model bundle has the format ${d['format'] ?? 'unknown'}, which this version of SPA does not know.`,
    remedy: 'Update the SPA plugin, or install a bundle of format spa-bundle/1.',
  }),
  'worker-crashed': () => ({
    message: 'The calculation stopped unexpectedly.',
    remedy: 'Press Retry: a fresh one is started and your session is kept.',
  }),
  'out-of-memory': () => ({
    message: 'The browser has no memory left for the model.',
    remedy: 'Close other tabs or series, then press Retry; your session is kept.',
  }),
  'inference-failed': d => ({
    message: `The model could not be run on this image${because(d)}.`,
    remedy: 'Press Retry; if it stays so, undo the last step or clear and click again.',
  }),
  'prompt-outside': () => ({
    message: 'The click lies outside the image.',
    remedy: 'Click on a structure inside the image.',
  }),
  'nothing-found': () => ({
    message: 'The model found no structure at this point.',
    remedy:
      'Click nearer to the middle of the structure, set the field of view by hand, or adjust the window so that its border shows.',
  }),
  'export-empty': () => ({
    message: 'There is nothing to export: the segmentation is empty.',
    remedy: 'Accept a mask first.',
  }),
  'export-failed': d => ({
    message: `The segmentation could not be exported${because(d)}.`,
    remedy: 'Your segmentation is unchanged; try again, or export it from the segmentation panel.',
  }),
  'segment-locked': () => ({
    message: 'The active segment is locked.',
    remedy: 'Unlock it in the segmentation panel or choose another segment, then accept again.',
  }),
  unexpected: d => ({
    message: `Something unexpected happened${because(d)}.`,
    remedy: 'Press Retry; your session is kept.',
  }),
};
