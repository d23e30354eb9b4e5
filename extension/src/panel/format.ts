import type { MaskStatistics } from '../core/image/statistics';
import type { PanelModel } from './panel-model';

/** Between a number and its unit: they never part at the end of a line. */
const space = '\u00a0';
const minus = '\u2212';
const unknown = '\u2013';

/** Two significant digits or more, never more precision than a contour on pixels has. */
const measured = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 1 ? 1 : 2);

const grouped = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u202f');

export type AreaUnit = 'px' | 'mm²' | 'cm²';

/** One unit for all masks of a proposal: mm², cm² if one of them has 100 cm² or more, pixels without pixel spacing. */
export function areaUnitOf({
  recommended,
  candidates,
}: Pick<PanelModel, 'recommended' | 'candidates'>): AreaUnit {
  const masks = [...(recommended === null ? [] : [recommended]), ...candidates];
  if (masks.some(({ statistics }) => statistics.unit === 'px')) return 'px';
  return masks.some(({ statistics }) => statistics.area >= 10_000) ? 'cm²' : 'mm²';
}

/** `49.0 mm²` of an area in mm², or in pixels. */
export function formatArea(area: number, unit: AreaUnit): string {
  if (!Number.isFinite(area)) return unknown;
  if (unit === 'px') return `${grouped(area)}${space}px`;
  return `${measured(unit === 'cm²' ? area / 100 : area)}${space}${unit}`;
}

/** `523 mm³` of a volume in mm³; from 1 cm³ on `1.24 cm³`, with three significant digits or all before the point. */
export function formatVolume(volume: number): string {
  if (!Number.isFinite(volume)) return unknown;
  if (volume < 1000) return `${measured(volume)}${space}mm³`;
  const inCentimetres = volume / 1000;
  const digits = inCentimetres >= 100 ? 0 : inCentimetres >= 10 ? 1 : 2;
  return `${inCentimetres.toFixed(digits)}${space}cm³`;
}

/** Longest × perpendicular diameter: `9.1 × 7.2 mm`. */
export function formatDiameters(statistics: MaskStatistics): string {
  const { longestDiameter, perpendicularDiameter, unit } = statistics;
  if (!Number.isFinite(longestDiameter) || !Number.isFinite(perpendicularDiameter)) return unknown;
  return `${measured(longestDiameter)}${space}×${space}${measured(perpendicularDiameter)}${space}${unit}`;
}

/** Signed per cent with a true minus, `−83 %`; from eleven times the area on as a factor, `×12`. */
export function formatDifference(percent: number): string {
  if (!Number.isFinite(percent)) return unknown;
  if (percent >= 1000) return `×${grouped(1 + percent / 100)}`;
  const rounded = Math.round(percent);
  const sign = rounded > 0 ? '+' : rounded < 0 ? minus : '±';
  return `${sign}${Math.abs(rounded)}${space}%`;
}

/** A share 0..1 as per cent: `71 %`. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)}${space}%` : unknown;
}

/** Bytes as megabytes (10^6), the unit of download sizes: `9.6 MB`. */
export function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)}${space}MB`;
}

/** Side of the field of view: `48 mm`. */
export function formatSide(side: number, unit: 'mm' | 'px'): string {
  return Number.isFinite(side) ? `${Math.round(side)}${space}${unit}` : unknown;
}

/** How far a border was moved, without its sign: `1.2 mm`; null where that would read 0.0. */
export function formatDistance({ distance, unit }: { distance: number; unit: 'mm' | 'px' }): string | null {
  const shown = Math.abs(distance).toFixed(1);
  return Number(shown) > 0 ? `${shown}${space}${unit}` : null;
}

/** More of a segmentation's name leaves its segment's no room in the two lines that both have in a narrow panel. */
const LONGEST_NAME = 24;

/** A name that the user gave, cut where it would take the room of what stands after it: `Follow-up of both lungs…`. */
export function formatName(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST_NAME) return name;
  return `${characters
    .slice(0, LONGEST_NAME - 1)
    .join('')
    .trimEnd()}…`;
}

/** Machine-readable area in mm² for `data-area-mm2`; undefined where the slice has no pixel spacing. */
export function areaInSquareMillimetres(statistics: MaskStatistics): number | undefined {
  return statistics.unit === 'mm' ? Math.round(statistics.area * 1000) / 1000 : undefined;
}
