import { chooseLook, structureIsSure, type Look } from './choose-look';
import type { Crop, Grid } from '../image/crop';
import { explainsClick } from './explain-click';
import { firstLook, fittingLook, fullLook, scaledLook } from './field-of-view';
import { glanceAt, lookOf, withMirrorImage, type Glance } from './glance';
import { boundsOf, type Mask } from '../image/mask';
import type { MapNetworkDescription } from '../network/network';
import { obeys } from '../prompts/obey';
import { contradictionOf } from '../prompts/contradiction';
import { hintsOf } from '../prompts/prompts';
import type { RoundInput } from '../sampling/round-input';
import type { Stage } from '../sampling/stages';

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
  const looks = await lookFrom(first, stage, input, description);
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

/**
 * Looks that show something at the prompts, from near to far. Where they leave it open which structure is meant, or what they showed was corrected
 * already, the mirror image is asked as well, which the network sees differently: it costs as much again, and mostly is not needed.
 */
async function lookFrom(
  first: Crop,
  stage: Stage,
  input: RoundInput,
  description: MapNetworkDescription,
): Promise<Look[]> {
  const look = (glance: Glance): Look | null => lookOf(glance, input.prompts, stage.slice, description);
  const glances: Glance[] = [];
  const looks: Look[] = [];
  let crop = first;
  let small = 0;
  for (;;) {
    const glance = await glanceAt(stage, crop, input, description);
    const found = look(glance);
    glances.push(glance);
    if (found !== null) looks.push(found);
    small = found !== null && found.share < FAR_ENOUGH ? small + 1 : 0;
    const wider = scaledLook(crop, STEP, stage.slice);
    if (small > 1 || wider.side <= crop.side || fullLook(crop, stage.slice)) break;
    crop = wider;
  }
  if (!description.mirrored || (input.contradicted === undefined && structureIsSure(looks))) return looks;
  const surer: Look[] = [];
  for (const glance of glances) {
    const found = look(await withMirrorImage(stage, glance, input, description));
    if (found !== null) surer.push(found);
  }
  return surer;
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
