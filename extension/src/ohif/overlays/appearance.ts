/** How the overlays look: pure, so that what the panel's switches do can be tested without a viewport. */
import type { LabelmapStyle, Rgba } from '../host/cornerstone-types';

export interface OverlayColours {
  /** Red, green, blue 0..255. */
  readonly recommended: readonly [number, number, number];
  readonly candidate: readonly [number, number, number];
}

/** Amber and sky blue: distinguishable with every common colour vision, and against grey images. */
export const defaultColours: OverlayColours = { recommended: [255, 176, 32], candidate: [86, 204, 255] };

/** Levels of the uncertainty map: enough to see where it rises, few enough to keep its labelmap small. */
export const UNCERTAINTY_LEVELS = 5;

/** From "leaning" to "undecided": the perceptually ordered magma, brightest where the samples disagree most. */
const uncertaintyScale: readonly (readonly [number, number, number])[] = [
  [81, 18, 124],
  [147, 38, 103],
  [205, 64, 113],
  [251, 135, 97],
  [252, 253, 191],
];

/** Label values of all overlays: one colour table serves them. */
export const labels = { recommended: 1, candidate: 2, uncertainty: 3 } as const;

/** Cornerstone's colour table, indexed by label value. */
export function colourTable(colours: OverlayColours): Rgba[] {
  const opaque = ([r, g, b]: readonly [number, number, number]): Rgba => [r, g, b, 255];
  return [
    [0, 0, 0, 0],
    opaque(colours.recommended),
    opaque(colours.candidate),
    ...uncertaintyScale.slice(0, UNCERTAINTY_LEVELS).map(opaque),
  ];
}

/** Label of an uncertainty 0..255; 0 (transparent) where the samples agree well enough. */
export function uncertaintyLabel(value: number): number {
  const level = Math.floor((value / 256) * (UNCERTAINTY_LEVELS + 1));
  return level === 0 ? 0 : labels.uncertainty + level - 1;
}

export interface LayerSwitches {
  readonly recommended: boolean;
  readonly candidates: boolean;
  readonly uncertainty: boolean;
  /** 0..1 */
  readonly opacity: number;
}

export type OverlayName = 'recommended' | 'uncertainty' | `candidate-${1 | 2 | 3 | 4}`;

const hidden: LabelmapStyle = {
  renderFill: true,
  fillAlpha: 0,
  renderOutline: false,
  outlineWidth: 0,
  outlineOpacity: 0,
};

/**
 * The style of one overlay. While a candidate is previewed it alone stands out: the others give way, and the recommended mask keeps
 * its outline for comparison.
 */
export function styleOf(name: OverlayName, switches: LayerSwitches, previewed: number | null): LabelmapStyle {
  const { opacity } = switches;
  if (name === 'uncertainty') {
    if (!switches.uncertainty) return hidden;
    return { ...hidden, fillAlpha: 0.35 + 0.5 * opacity };
  }
  if (name === 'recommended') {
    if (!switches.recommended) return hidden;
    const fills = previewed === null && !switches.uncertainty;
    return {
      renderFill: true,
      fillAlpha: fills ? opacity : 0,
      renderOutline: true,
      outlineWidth: 2,
      outlineOpacity: 1,
    };
  }
  const isPreviewed = previewed !== null && name === `candidate-${previewed + 1}`;
  if (isPreviewed) {
    return {
      renderFill: true,
      fillAlpha: 0.35 * opacity + 0.1,
      renderOutline: true,
      // Wider ones cost a renderer without graphics card dearly: it looks at width² pixels for every one that it draws.
      outlineWidth: 2,
      outlineOpacity: 1,
    };
  }
  if (previewed !== null || !switches.candidates) return hidden;
  return { renderFill: true, fillAlpha: 0, renderOutline: true, outlineWidth: 1, outlineOpacity: 0.9 };
}
