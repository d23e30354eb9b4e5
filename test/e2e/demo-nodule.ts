import { STUDY_GRID } from '../../demo/phantom/grid';
import { noduleOnImage, nodules, type NoduleKind } from '../../demo/phantom/nodules';

/** Where the first nodule of a kind lies in the demo study: the place of its image in the stack, and the pixel in its middle. */
export function demoNodule(kind: NoduleKind): {
  readonly slice: number;
  readonly column: number;
  readonly row: number;
} {
  const found = nodules.find(candidate => candidate.kind === kind);
  if (found === undefined) throw new Error(`The phantom has no ${kind} nodule.`);
  const { slice, column, row } = noduleOnImage(found, STUDY_GRID);
  return { slice: Math.round(slice), column: Math.round(column), row: Math.round(row) };
}
