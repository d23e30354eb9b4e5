import { meaning } from '../../../extension/src/core/image/colours';
import { expect, it } from '@jest/globals';
import {
  colourTable,
  labels,
  styleOf,
  uncertaintyLabel,
  UNCERTAINTY_LEVELS,
} from '../../../extension/src/ohif/overlays/appearance';
import type { LayerSwitches } from '../../../extension/src/panel/panel-model';
import type { LabelmapStyle } from '../../../extension/src/ohif/host/cornerstone-types';

const all: LayerSwitches = { recommended: true, candidates: true, uncertainty: false, opacity: 0.4 };
const isVisible = (style: LabelmapStyle): boolean => style.renderOutline || style.fillAlpha > 0;

it('fills the recommended mask with the opacity of the panel and outlines candidates only', () => {
  expect(styleOf('recommended', all, false)).toMatchObject({ fillAlpha: 0.4, renderOutline: true });
  expect(styleOf('candidates-1', all, false)).toMatchObject({ fillAlpha: 0, renderOutline: true });
});

it('switches each kind off by itself', () => {
  expect(isVisible(styleOf('recommended', { ...all, recommended: false }, false))).toBe(false);
  expect(isVisible(styleOf('candidates-2', { ...all, candidates: false }, false))).toBe(false);
  expect(isVisible(styleOf('uncertainty', all, false))).toBe(false);
  expect(isVisible(styleOf('uncertainty', { ...all, uncertainty: true }, false))).toBe(true);
});

it('lets a previewed candidate stand out, and the recommended mask keep its outline', () => {
  const previewed = styleOf('candidates-1', all, true);
  expect(previewed.outlineWidth).toBeGreaterThan(styleOf('candidates-1', all, false).outlineWidth);
  expect(previewed.fillAlpha).toBeGreaterThan(0);
  expect(styleOf('recommended', all, true)).toMatchObject({ fillAlpha: 0, renderOutline: true });
});

it('previews a candidate even while candidates are switched off: the user points at it', () => {
  expect(isVisible(styleOf('candidates-1', { ...all, candidates: false }, true))).toBe(true);
});

it('maps uncertainty to ascending labels, and to nothing where the samples agree', () => {
  expect(uncertaintyLabel(0)).toBe(0);
  expect(uncertaintyLabel(255)).toBe(labels.uncertainty + UNCERTAINTY_LEVELS - 1);
  const all256 = Array.from({ length: 256 }, (_, value) => uncertaintyLabel(value));
  expect([...all256].sort((a, b) => a - b)).toEqual(all256);
  expect(new Set(all256).size).toBe(UNCERTAINTY_LEVELS + 1);
});

it('has a colour for every label that is ever painted', () => {
  const table = colourTable(meaning);
  expect(table).toHaveLength(labels.uncertainty + UNCERTAINTY_LEVELS);
  expect(table[0]).toEqual([0, 0, 0, 0]);
  expect(table[labels.recommended]).toEqual([...meaning.recommended, 255]);
});
