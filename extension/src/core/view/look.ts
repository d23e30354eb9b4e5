import { promptAnchors } from '../prompts/anchors';
import { chooseLook, type Look } from './choose-look';
import { componentsAt, connectedComponents } from '../image/components';
import type { Crop, Grid } from '../image/crop';
import { thresholdOnSlice } from '../image/crop-map';
import { explainsClick } from './explain-click';
import { firstLook, fittingLook, fullLook, scaledLook } from './field-of-view';
import { boundsOf, type Mask } from '../image/mask';
import type { MapNetworkDescription } from '../network/network';
import { obeys } from '../prompts/obey';
import { contradictionOf } from '../prompts/contradiction';
import { hintsOf } from '../prompts/prompts';
import type { RoundInput } from '../proposal/proposal';
import { meanMap } from '../network/samples';
import { conditioningOf, drawSamples, STREAM, type Stage } from '../network/stages';

/** Samples of a look: enough to find the structure, not to draw it. */
const LOOK_SAMPLES = 8;
/** Every look shows so many times more of the slice. */
const STEP = 2;
/** A structure that fills less than this share in two looks will not be better seen from farther away. */
const FAR_ENOUGH = 0.1;

export interface View {
  readonly crop: Crop;
  /** Other structures at the prompts, seen from nearer or farther, on the slice. */
  readonly otherStructures: readonly Mask[];
}

/**
 * Looks around the prompts from near to far, until the whole slice is seen or the structure has become small, and settles on the view
 * that suits what neighbouring looks agree on. A box says how large the structure is: then there is nothing to look for.
 */
export async function findView(
  stage: Stage,
  input: RoundInput,
  description: MapNetworkDescription,
): Promise<View> {
  const { structureFraction } = description;
  const first = firstLook(input.prompts, stage.slice, structureFraction);
  if (input.prompts.some(prompt => prompt.kind === 'box')) return fixedView(first);
  const looks: Look[] = [];
  let crop = first;
  let small = 0;
  for (;;) {
    const look = await lookAt(stage, crop, input, description);
    if (look !== null) looks.push(look);
    small = look !== null && look.share < FAR_ENOUGH ? small + 1 : 0;
    const wider = scaledLook(crop, STEP, stage.slice);
    if (small > 1 || wider.side <= crop.side || fullLook(crop, stage.slice)) break;
    crop = wider;
  }
  const hints = hintsOf(input.prompts);
  const obeying = looks.filter(({ mask }) => obeys(mask, hints, stage.slice));
  const choice = chooseLook(
    obeying.length > 0 ? obeying : looks,
    structureFraction,
    explanationOf(input, stage.slice),
  );
  if (choice === null) return fixedView(first);
  const bounds = boundsOf(choice.chosen.mask);
  if (bounds === null) return fixedView(choice.chosen.crop);
  return {
    crop: fittingLook(choice.chosen.crop, bounds, input.prompts, stage.slice, structureFraction),
    otherStructures: choice.others.map(other => other.mask),
  };
}

/** How well a structure explains that the user corrected what was shown; null where nothing was. */
function explanationOf(
  { contradicted, prompts }: RoundInput,
  grid: Grid,
): ((structure: Mask) => number) | null {
  if (contradicted === undefined) return null;
  const last = prompts.at(-1);
  const click = last === undefined ? null : contradictionOf(last, contradicted, grid);
  if (click === null) return null;
  return structure => explainsClick(structure, contradicted, click, grid);
}

/** A view that is given. */
export function fixedView(crop: Crop): View {
  return { crop, otherStructures: [] };
}

/** What a few samples show at the prompts; null if they show nothing there. */
async function lookAt(
  stage: Stage,
  crop: Crop,
  input: RoundInput,
  { outputSize: size, threshold }: MapNetworkDescription,
): Promise<Look | null> {
  const conditioning = await conditioningOf(stage, crop, input);
  try {
    const wanted = {
      preference: input.preference,
      count: LOOK_SAMPLES,
      seed: input.seed,
      stream: STREAM.look,
    };
    const [batch] = await drawSamples(stage, { plain: conditioning, mirrored: null }, [wanted]);
    if (batch === undefined) return null;
    const mean = meanMap(batch.samples);
    // Seen from afar a nodule and a piece of the pleura may share a corner: on the slice they are two.
    const found = connectedComponents(mean, size, threshold, 'over-edges');
    const parts = componentsAt(found, promptAnchors(input.prompts, crop, stage.slice, size));
    if (parts.length === 0) return null;
    const kept = new Set(parts.map(part => part.label));
    const values = mean.map((value, i) => (kept.has(found.labels[i] as number) ? value : 0));
    const mask = thresholdOnSlice({ size, values }, crop, stage.slice, threshold);
    if (mask.area === 0) return null;
    const across = Math.max(...parts.map(part => part.right)) - Math.min(...parts.map(part => part.left));
    const down = Math.max(...parts.map(part => part.bottom)) - Math.min(...parts.map(part => part.top));
    return { crop, mask, share: (Math.max(across, down) + 1) / size };
  } finally {
    conditioning.release();
  }
}
