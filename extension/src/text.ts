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
  | 'bundle-too-large'
  | 'bundle-changed'
  | 'switch-failed'
  | 'not-started'
  | 'worker-crashed'
  | 'out-of-memory'
  | 'inference-failed'
  | 'wrong-results'
  | 'prompt-outside'
  | 'follow-size'
  | 'nothing-found'
  | 'export-empty'
  | 'export-failed'
  | 'segmentation-lost'
  | 'store-failed'
  | 'segment-locked'
  | 'unexpected';

const because = (details: Details): string =>
  details['reason'] === undefined ? '' : ` (${details['reason']})`;

/** What the HTTP status of a server that takes no segmentation means (0: it did not answer), and what helps against it. */
const refusals: Readonly<Record<number, { readonly reason: string; readonly remedy: string }>> = {
  0: { reason: 'no connection to it', remedy: 'Check the connection, then try again.' },
  401: {
    reason: 'HTTP 401: you are not signed in',
    remedy: 'Sign in again, or ask your administrator for the right to store.',
  },
  403: {
    reason: 'HTTP 403: you may not store there',
    remedy: 'Sign in again, or ask your administrator for the right to store.',
  },
  409: {
    reason: 'HTTP 409: the archive refused it',
    remedy: 'Tell your administrator: the archive may know the study by another identity.',
  },
  413: {
    reason: 'HTTP 413: it is too large for the server',
    remedy: 'Ask your administrator to raise the limit.',
  },
};

/**
 * What a problem names in brackets as its reason, where it is ours to put in words. Not here: what a field of a manifest or a tensor of a graph
 * must be, which stands where it is checked.
 */
export const reasons = {
  stillLoading: 'it is still loading',
  otherPixelCount: (values: number, pixels: number) => `${values} values for ${pixels} pixels`,
  paletteNotApplied: 'its colour palette was not applied',
  belongsToNoImage: 'a slice of it belongs to no image',
  withoutAttributes: 'an image has no attributes',
  noLabelmap: 'no labelmap for this slice',
  takesNoFiles: 'the data source of these images takes no files',
  stopped: 'it was stopped',
  noAnswer: (seconds: number) => `no answer for ${seconds} s`,
  otherNumber: (wanted: number, found: number) => `${found.toFixed(3)} in the place of ${wanted.toFixed(3)}`,
  scriptNotLoaded: 'its script worker.js could not be loaded',
  runtimeFault: (address: number) => `runtime fault ${address}`,
  webPageForManifest: 'a web page came in place of manifest.json: are you still signed in?',
  manifestNotJson: 'manifest.json is not JSON: is there a bundle at this address?',
  ended: 'it ended without a word',
  otherFile: (file: string) => `another file lies in the place of ${file}`,
} as const;

export const problems: Readonly<Record<ProblemCode, Problem>> = {
  'no-image': () => ({
    message: 'There is no image in the active viewport.',
    remedy: 'Drag a series into a viewport, click into it, then try again.',
  }),
  'plane-unsupported': () => ({
    message: 'This plane is reconstructed from a volume, which SPA cannot segment yet.',
    remedy: 'Press Retry to show the series slice by slice as it was acquired, then click again.',
  }),
  'colour-unsupported': d => ({
    message: `The model takes grey images and this one is in colour${because(d)}.`,
    remedy: 'Choose a grey series, or load a model bundle made for colour.',
  }),
  'pixels-unreadable': d => ({
    message: `The pixels of this image could not be read${because(d)}.`,
    remedy:
      'Wait until the image is fully loaded and try again; if it stays so, page to another one and back.',
  }),
  'bundle-missing': d => ({
    message: `The model could not be loaded from ${d['url'] ?? 'its address'}${because(d)}.`,
    remedy: 'Check the connection and press Retry; if it stays so, tell your administrator the address.',
  }),
  'bundle-invalid': d => ({
    message: `The model bundle is not usable${because(d)}.`,
    remedy: 'Press Retry; if it stays so, ask your administrator to install the bundle again.',
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
  'bundle-too-large': d => ({
    message: `The model ${d['name'] ?? ''} needs ${d['size'] ?? '?'} GB of memory to be opened; a browser can give ${d['limit'] ?? '?'} GB.`,
    remedy:
      'Ask your administrator for a smaller export of it: with int8 weights, or from a smaller network.',
  }),
  'bundle-changed': () => ({
    message: 'Another model was put in the place of the one that you work with.',
    remedy:
      'Press Retry to go on with the new one: what you accepted stays, the structure in work is begun anew.',
  }),
  'switch-failed': d => ({
    message: `${d['wanted'] ?? 'The other model'} could not be opened: ${d['present'] ?? 'the present model'} stays at work. ${d['reason'] ?? ''}`,
    remedy: String(d['remedy'] ?? ''),
  }),
  'not-started': d => ({
    message: `The part of SPA that computes could not be started${because(d)}.`,
    remedy:
      'Check the connection and press Retry; if it stays so, reload the page, then tell your administrator the reason.',
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
  'wrong-results': d => ({
    message: `When the model was tried out on this computer, its results were wrong${because(d)}.`,
    remedy:
      'Press Retry; if it stays so, reload the page or use another browser, then tell your administrator the reason.',
  }),
  'prompt-outside': () => ({
    message: 'The click lies outside the image.',
    remedy: 'Click on a structure inside the image.',
  }),
  'follow-size': () => ({
    message: 'This image has another size than the one before it: the structure cannot be followed to it.',
    remedy: 'Click on the structure here.',
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
    remedy:
      'Your segmentation is unchanged; try again, and if it stays so, tell your administrator the reason.',
  }),
  'segmentation-lost': () => ({
    message: 'The viewer has dropped slices of this segmentation to make room for other images.',
    remedy:
      'To go on, add a new segmentation in the segmentation panel. To get this one back, export what you accepted into others, then open the study again.',
  }),
  'store-failed': d => {
    const refusal = refusals[Number(d['status'])];
    const numbered = d['status'] === undefined ? d : { reason: `${d['reason']}, HTTP ${d['status']}` };
    const cause = because(refusal ?? numbered);
    if (d['stored'] !== undefined) {
      return {
        message: `The server took a part of the segmentation only: images of ${d['stored']} pixels are stored, those of ${d['missing']} are not${cause}.`,
        remedy: `${refusal?.remedy ?? 'Try again.'} Store SEG sends only what is missing; Export SEG keeps all of it on this computer.`,
      };
    }
    return refusal === undefined
      ? {
          message: `The server did not take the segmentation${cause}.`,
          remedy:
            'Your segmentation is unchanged; try again, or press Export SEG to keep it on this computer.',
        }
      : {
          message: `The server did not take the segmentation${cause}.`,
          remedy: `${refusal.remedy} Your segmentation is unchanged; Export SEG keeps it on this computer.`,
        };
  },
  'segment-locked': () => ({
    message: 'The active segment is locked.',
    remedy: 'Unlock it in the segmentation panel or choose another segment, then accept again.',
  }),
  unexpected: d => ({
    message: `Something unexpected happened${because(d)}.`,
    remedy: 'Try again; your session is kept.',
  }),
};

interface KeyMeaning {
  readonly keys: readonly string[];
  readonly meaning: string;
}

/** The words of the panel. Functions take numbers that `panel/format.ts` has already put into words. */
export const panelText = {
  title: 'SPA segmentation',
  /** The one sentence that says what to do next; by the tool in hand where the next click depends on it. */
  guidance: {
    openImage:
      'Open an image: drag a series into a viewport. Reports, documents and whole slides cannot be segmented.',
    loading: 'The model is loading, this once. After that, click on a structure.',
    working: 'Working out the mask. A new click overtakes it, Esc cancels it.',
    accepted: 'Accepted. Click on the next structure, here or on another slice.',
    acceptedAndFollow: 'Accepted. Follow it to the next image, or click on another structure.',
    unlike: 'Unlike the mask it follows: check it, or discard it with Esc.',
    notHere:
      'Answer the viewer’s question in this viewport, or open an image: then a click can segment here.',
    elsewhere: 'This proposal is on another image. Go back to it to answer.',
    nowhere: 'The image of this proposal is in no viewport. Clear discards it.',
    clickStructure: {
      positive: 'Click on the structure that you want to segment.',
      negative: 'Choose “Part of it” first, then click on the structure.',
      none: 'Choose “Part of it”, then click on the structure: a tool of the viewer is in hand.',
      line: 'Draw a line along the structure that you want to segment.',
      box: 'Draw a box around the structure that you want to segment.',
    },
    answer: {
      positive: 'Accept, choose an alternative, or click what is missing.',
      negative: 'Accept, choose an alternative, or click what is too much.',
      none: 'Accept or choose an alternative. To click, choose a tool below first.',
      line: 'Accept, choose an alternative, or draw along what is missing.',
      box: 'Accept, choose an alternative, or draw a new box.',
    },
    answerWithoutCandidates: {
      positive: 'Accept, or click on what is missing.',
      negative: 'Accept, or click on what is too much.',
      none: 'Accept. To click on what is wrong, choose a tool below first.',
      line: 'Accept, or draw along what is missing.',
      box: 'Accept, or draw a new box.',
    },
  },
  backend: (backend: 'webgpu' | 'wasm-threads' | 'wasm', threads: number): string =>
    backend === 'webgpu' ? 'WebGPU' : `CPU × ${threads}`,
  backendTitle: (backend: 'webgpu' | 'wasm-threads' | 'wasm', threads: number): string =>
    backend === 'webgpu'
      ? 'runs on the graphics processor'
      : `runs on the processor with ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
  bundleTitle: (name: string, version: string, license: string, backend: string): string =>
    `Model bundle ${name} ${version}, licence ${license}; ${backend}`,
  model: {
    method: 'Method',
    engines: {
      bayes: 'learns how you draw, from every answer',
      reference: 'SPA as published',
      sam: 'Segment Anything: clicks and its own alternatives',
    },
    modalities: 'Made for',
    anyModality: 'not stated',
    license: 'Licence',
    graphics: 'Graphics',
    passedOver: (reason: string): string => `not used. ${reason}`,
    none: 'no model yet',
    others: 'Models of this viewer',
    present: 'At work now',
    switchTo: (label: string): string =>
      `Work with ${label}; what you accepted stays, and the structure in work is proposed again`,
    opening: (label: string): string => `Opening ${label}…`,
    cancel: 'Cancel',
    cancelTitle: 'Stay with the present model',
  },
  progress: (loaded: string, total: string): string => `${loaded} of ${total}`,
  progressName: 'Loading the model',
  retry: 'Retry',
  dismiss: 'Dismiss',
  tool: {
    name: 'What the next click means',
    positive: 'Part of it',
    negative: 'Not part',
    line: 'Line',
    box: 'Box',
    positiveTitle: 'A click marks a pixel that belongs to the structure',
    negativeTitle: 'A click marks a pixel that does not belong to the structure (or Shift + click)',
    lineTitle: 'Draw a line along the structure; with Shift along what does not belong to it',
    boxTitle: 'Drag a box around the structure',
  },
  follow: 'Follow',
  followTitles: {
    previous: 'Accept, and propose the same structure on the previous image (Shift + ↑)',
    next: 'Accept, and propose the same structure on the next image (Shift + ↓)',
  },
  undo: 'Undo',
  redo: 'Redo',
  clear: 'Clear',
  undoTitle: (keys: readonly string[]): string => `Take the last step back (${keys.join(' + ')})`,
  redoTitle: (keys: readonly string[]): string => `Do the step again (${keys.join(' + ')})`,
  clearTitle: 'Remove the clicks and the proposal on this slice; accepted masks stay',
  proposalName: 'Proposal',
  recommended: 'Recommended',
  round: (round: number): string => `round ${round}`,
  thumbnailOfRecommended: 'The recommended mask on the slice',
  longestTimesPerpendicular: 'Longest diameter × longest diameter perpendicular to it',
  certain: (share: string): string => `${share} of it certain`,
  certainTitle: (share: string): string =>
    `Nearly all masks that the model finds plausible agree on ${share} of this one`,
  accept: 'Accept',
  goBack: 'Go back',
  cancel: 'Discard the proposal (Esc)',
  targetExisting: (segmentation: string, segment: string): string =>
    `Accept writes to ${segmentation} / ${segment}`,
  targetHidden: (segmentation: string, segment: string): string =>
    // First: names may be cut at their end.
    `Accept writes to the hidden ${segmentation} / ${segment}`,
  /** `volume` with its unit; null where the images do not tell it. */
  extent: (images: number, missing: number, volume: string | null): string => {
    if (images === 0) return 'So far empty';
    const so = `So far on ${images === 1 ? '1 image' : `${images} images`}`;
    if (missing > 0) return `${so}, none on ${missing} between them`;
    return volume === null ? so : `${so}, ${volume}`;
  },
  targetNew: 'Accept starts a new segmentation',
  targetLocked: 'The active segment is locked: Accept cannot write',
  beforeFirstProposal: 'The recommended mask appears here, and up to four alternatives below.',
  candidatesName: 'Alternatives',
  adds: 'adds',
  removes: 'removes',
  previewHint: 'hover to see it on the slice',
  candidate: (number: number, area: string, difference: string): string =>
    `Alternative ${number}: ${area}, ${difference} against the recommended mask. Choose it.`,
  noCandidates: 'No alternative here differs enough from the recommended mask to be shown.',
  view: 'On the slice',
  layer: { recommended: 'Recommended', candidates: 'Alternatives', uncertainty: 'Uncertainty' },
  scale: { low: 'leaning', high: 'undecided' },
  scaleTitle:
    'Without a colour at least 19 of 20 ways to draw it agree; where it is brightest, half of them say inside',
  opacity: 'Opacity',
  fieldOfView: 'Field of view',
  fieldOfViewTitle: 'Side of the square that the model looks at',
  automatic: 'auto',
  wholeSlice: 'whole slice',
  fieldSmaller: 'Smaller field of view',
  fieldLarger: 'Larger field of view',
  preference: 'Preference',
  answers: (count: number, kept: boolean): string => {
    if (count === 0) return 'nothing learnt yet';
    return `learnt from ${count} ${count === 1 ? 'answer' : 'answers'}${kept ? ', kept' : ''}`;
  },
  keptTitle: (kept: boolean): string =>
    kept ? 'Kept in this browser for your next study, until you press Forget' : 'Until this page is left',
  forget: 'Forget',
  forgetTitle: 'Start again from the typical reader',
  tendency: {
    generosity: { low: 'tight', high: 'generous' },
    smoothness: { low: 'detailed', high: 'smooth' },
  },
  margin: (distance: string, outwards: boolean): string =>
    `Border drawn ${distance} farther ${outwards ? 'out' : 'in'}, as in your masks`,
  tendencyUnknown: (low: string, high: string): string => `From ${low} to ${high}: not known yet`,
  tendencyValue: (low: string, high: string, mean: string, from: string, to: string): string =>
    `From ${low} to ${high}: at ${mean}, likely between ${from} and ${to}`,
  exportSegmentation: 'Export SEG',
  exportTitle: 'Save the active segmentation as a DICOM SEG file on this computer',
  exportNothing: 'Accept a mask first: there is nothing to export yet',
  storeSegmentation: 'Store SEG',
  storing: 'Storing…',
  storeTitle: 'Store the active segmentation as DICOM SEG on the server from which the images come',
  storeNothing: 'Accept a mask first: there is nothing to store yet',
  keyboard: 'Keys',
  /** Undo and redo have other keys on a Mac. */
  keys: (undo: readonly string[], redo: readonly string[]): readonly KeyMeaning[] => [
    { keys: ['1', '–', '4'], meaning: 'choose an alternative' },
    { keys: ['Enter'], meaning: 'accept' },
    { keys: ['Shift', '↓', '↑'], meaning: 'accept, and follow it to the next or previous image' },
    { keys: ['Esc'], meaning: 'discard the proposal' },
    { keys: undo, meaning: 'undo' },
    { keys: redo, meaning: 'redo' },
    { keys: ['U'], meaning: 'uncertainty on or off' },
    { keys: ['Shift', 'click'], meaning: 'not part of it' },
  ],
} as const;

/** The words of the extension in the host, outside the panel. */
export const hostText = {
  panelTitle: 'SPA',
  modeName: 'SPA Segmentation',
  toolName: 'SPA',
  toolTitle: 'SPA: click on a structure to segment it',
  newSegmentation: 'SPA segmentation',
  newSegment: 'Segment 1',
  /** The mode's buttons for tools of the viewer. */
  toolbar: {
    windowLevel: 'Window / level',
    pan: 'Pan',
    zoom: 'Zoom',
    scroll: 'Scroll',
    length: 'Length',
    resetView: 'Reset view',
    capture: 'Capture',
    rotateRight: 'Rotate right',
    flip: 'Flip',
    invert: 'Invert',
    windowPresets: 'Window presets',
    orientation: 'Orientation',
    dataOverlays: 'Data overlays',
    brush: 'Brush',
    eraser: 'Eraser',
    radius: 'Radius (mm)',
    needsSegmentation: 'Create a segmentation first, or accept a mask.',
  },
  stored: { title: 'SPA', message: 'The segmentation was stored with its study.' },
  /** Of a study that was left meanwhile. */
  notStored: (reason: string) => ({
    title: 'SPA',
    message: `The segmentation of the study that you left was not stored. ${reason}`,
  }),
  viewerTooOld: {
    title: 'SPA',
    message:
      'SPA needs an OHIF viewer 3.11 or newer. This one is older: parts of SPA will not work. Ask your administrator to update the viewer.',
  },
  modalityWarning: (modality: string, known: string): string =>
    `Not trained on ${modality}, only on ${known}: check its masks with care.`,
  modeUnsuitable: (modalities: string): string =>
    `SPA segments images: this study has only ${modalities}, in which there is nothing to segment.`,
} as const;
