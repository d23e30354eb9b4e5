import { promptAnchors } from './anchors';
import type { Crop } from './crop';
import { componentsAt, connectedComponents, type Component } from './candidates/components';
import { toSlice } from './crop';
import { betterLook, firstLook, scaledLook, touchesBorder } from './field-of-view';
import type { Bounds } from './mask';
import type { Conditioning, MapNetworkDescription } from './network';
import type { RoundInput } from './proposal';
import { meanMap } from './samples';
import { conditioningOf, drawSamples, STREAM, type Stage } from './stages';

/** Samples of a look: enough to find the structure, not to draw it. */
const LOOK_SAMPLES = 8;
/** Views from which the size is judged; a third one follows from them, which makes three encoder runs at most ... */
const LOOKS = 2;
/** ... unless the structure is cut off in it: half an organ is worth a further run. */
const MOST_LOOKS = 4;
/** Where a look shows nothing the structure may be too large for it. */
const WIDER = 3;

export interface View {
  readonly crop: Crop;
  /** Of the last look, if the crop is still the same: the final samples need not compute it again. The caller releases it. */
  readonly conditioning: Conditioning | null;
}

/** Looks coarsely around the prompts and follows the structure found: wider, or nearer. */
export async function findView(
  stage: Stage,
  input: RoundInput,
  description: MapNetworkDescription,
): Promise<View> {
  const { structureFraction } = description;
  let crop = firstLook(input.prompts, stage.slice, structureFraction);
  for (let look = 0; look < MOST_LOOKS; look++) {
    const conditioning = await conditioningOf(stage, crop, input);
    let kept = false;
    try {
      const found = await findStructure(stage, conditioning, crop, input, description);
      const settled = look >= LOOKS && (found === null || !touchesBorder(found, crop, stage.slice));
      const next =
        found === null
          ? scaledLook(crop, WIDER, stage.slice)
          : betterLook(found, crop, input.prompts, stage.slice, structureFraction);
      if (settled || next === null) {
        kept = true;
        return { crop, conditioning };
      }
      crop = next;
    } finally {
      if (!kept) conditioning.release();
    }
  }
  return { crop, conditioning: null };
}

/** Bounding box on the slice of what a few samples show at the prompts; null if they show nothing there. */
async function findStructure(
  stage: Stage,
  conditioning: Conditioning,
  crop: Crop,
  input: RoundInput,
  { outputSize: size, threshold }: MapNetworkDescription,
): Promise<Bounds | null> {
  const wanted = { preference: input.preference, count: LOOK_SAMPLES, seed: input.seed, stream: STREAM.look };
  const [batch] = await drawSamples(stage, conditioning, [wanted]);
  if (batch === undefined) return null;
  const found = connectedComponents(meanMap(batch.samples), size, threshold);
  const parts = componentsAt(found, promptAnchors(input.prompts, crop, stage.slice, size));
  return parts.length === 0 ? null : boundsOnSlice(parts, crop, stage, size);
}

function boundsOnSlice(parts: readonly Component[], crop: Crop, stage: Stage, size: number): Bounds {
  const from = toSlice(
    crop,
    stage.slice,
    size,
    Math.min(...parts.map(part => part.left)) - 0.5,
    Math.min(...parts.map(part => part.top)) - 0.5,
  );
  const to = toSlice(
    crop,
    stage.slice,
    size,
    Math.max(...parts.map(part => part.right)) + 0.5,
    Math.max(...parts.map(part => part.bottom)) + 0.5,
  );
  // The edges of the model pixels, as the outermost slice pixels whose squares they bound.
  return { left: from.x + 0.5, top: from.y + 0.5, right: to.x - 0.5, bottom: to.y - 0.5 };
}
