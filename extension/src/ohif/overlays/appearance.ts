/** How the overlays look: pure, so that what the panel's switches do can be tested without a viewport. */
import { uncertaintyScale, type Colours, type Rgb } from '../../core/image/colours';
import { MOST_CANDIDATES } from '../../core/candidates/candidate';
import type { LayerSwitches } from '../../panel/panel-model';
import type { LabelmapStyle, Rgba } from '../host/cornerstone-types';

/** Levels of the uncertainty map: enough to see where it rises, few enough to keep its labelmap small. */
export const UNCERTAINTY_LEVELS = uncertaintyScale.length;

const FIRST_REGION = 3;
/** The combinations in which the candidates of a round overlap need a label each. */
const REGIONS = 2 ** MOST_CANDIDATES - 1;

/** Label values of all overlays: one colour table serves them. `silent` and the regions: see `outlines.ts`. */
export const labels = {
  recommended: 1,
  silent: 2,
  region: FIRST_REGION,
  uncertainty: FIRST_REGION + REGIONS,
} as const;

/** Cornerstone's colour table, indexed by label value. */
export function colourTable(colours: Colours): Rgba[] {
  const opaque = ([r, g, b]: Rgb): Rgba => [r, g, b, 255];
  return [
    [0, 0, 0, 0],
    opaque(colours.recommended),
    opaque(colours.adds),
    ...Array.from({ length: REGIONS }, () => opaque(colours.adds)),
    ...uncertaintyScale.map(opaque),
  ];
}

/** Label of an uncertainty 0..255; 0 (transparent) where the samples agree well enough. */
export function uncertaintyLabel(value: number): number {
  const level = Math.floor((value / 256) * (UNCERTAINTY_LEVELS + 1));
  return level === 0 ? 0 : labels.uncertainty + level - 1;
}

export const defaultSwitches: LayerSwitches = {
  recommended: true,
  candidates: true,
  uncertainty: false,
  opacity: 0.4,
};

/** Candidates have two layers: `shareOut` in `outlines.ts` tells why. */
export type OverlayName = 'recommended' | 'candidates-1' | 'candidates-2' | 'uncertainty';

/** Label values that an overlay can hold. */
export function labelsOf(name: OverlayName): readonly number[] {
  const series = (first: number, count: number): number[] =>
    Array.from({ length: count }, (_, i) => first + i);
  if (name === 'recommended') return [labels.recommended];
  if (name === 'uncertainty') return series(labels.uncertainty, UNCERTAINTY_LEVELS);
  return [labels.silent, ...series(labels.region, REGIONS)];
}

const hidden: LabelmapStyle = {
  renderFill: true,
  fillAlpha: 0,
  renderOutline: false,
  outlineWidth: 0,
  outlineOpacity: 0,
};

/**
 * The style of one overlay. A previewed candidate (the overlays then hold no other) stands out, and the recommended mask keeps only its
 * outline for comparison.
 */
export function styleOf(name: OverlayName, switches: LayerSwitches, isPreview: boolean): LabelmapStyle {
  const { opacity } = switches;
  if (name === 'uncertainty') {
    if (!switches.uncertainty) return hidden;
    return { ...hidden, fillAlpha: 0.35 + 0.5 * opacity };
  }
  if (name === 'recommended') {
    if (!switches.recommended) return hidden;
    const fills = !isPreview && !switches.uncertainty;
    return {
      ...hidden,
      fillAlpha: fills ? opacity : 0,
      renderOutline: true,
      outlineWidth: 2,
      outlineOpacity: 1,
    };
  }
  if (isPreview) {
    return {
      renderFill: true,
      fillAlpha: 0.35 * opacity + 0.1,
      renderOutline: true,
      // Wider ones cost a renderer without graphics card dearly: it looks at width² pixels for every one that it draws.
      outlineWidth: 2,
      outlineOpacity: 1,
    };
  }
  if (!switches.candidates) return hidden;
  return { ...hidden, renderOutline: true, outlineWidth: 1, outlineOpacity: 0.9 };
}
