import { forEachSpan, type Mask } from '../../core/image/mask';
import type { UncertaintyValues } from '../../core/proposal/uncertainty';
import { labels, uncertaintyLabel } from './appearance';
import { paintRegions } from './outlines';

/** What an overlay shows: the recommended mask, candidates, or where the samples disagree. */
export type OverlayContent =
  | { readonly kind: 'recommended'; readonly mask: Mask }
  | { readonly kind: 'candidates'; readonly masks: readonly Mask[] }
  | { readonly kind: 'uncertainty'; readonly map: UncertaintyValues };

/** Writes an overlay's labels into a labelmap of the slice's grid: row-major, `width` pixels a row, all 0 before. */
export function paint(pixels: Uint8Array, width: number, content: OverlayContent): void {
  if (content.kind === 'recommended') {
    forEachSpan(content.mask, (y, from, to) =>
      pixels.fill(labels.recommended, y * width + from, y * width + to + 1),
    );
  } else if (content.kind === 'candidates') {
    paintRegions(pixels, content.masks, { silent: labels.silent, first: labels.region });
  } else paintUncertainty(pixels, width, content.map);
}

export function isSameContent(a: OverlayContent | null, b: OverlayContent | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'recommended') return b.kind === 'recommended' && a.mask === b.mask;
  if (a.kind === 'uncertainty') return b.kind === 'uncertainty' && a.map === b.map;
  return b.kind === 'candidates' && areSameMasks(a.masks, b.masks);
}

/** The same objects in the same order: masks are immutable. */
export function areSameMasks(a: readonly Mask[], b: readonly Mask[]): boolean {
  return a.length === b.length && a.every((mask, i) => mask === b[i]);
}

function paintUncertainty(pixels: Uint8Array, width: number, map: UncertaintyValues): void {
  for (let y = 0; y < map.height; y++) {
    const target = (map.y + y) * width + map.x;
    for (let x = 0; x < map.width; x++) {
      pixels[target + x] = uncertaintyLabel(map.values[y * map.width + x] as number);
    }
  }
}
