import type { Margin, Preference, Style } from './preference';
import type { Mixture } from '../network/network';

/**
 * What was kept of a user as plain data (JSON), to go on with; null where it is no preference, or does not fit the engine and the latent of
 * `prior`. Nothing in it is taken on trust: it may come from a program of another version.
 */
export function recallPreference(kept: unknown, prior: Preference): Preference | null {
  if (!isRecord(kept) || kept['engine'] !== prior.engine || prior.engine === 'sam') return null;
  const { mixture, answers, style, responsibilities } = kept;
  const dimensions = prior.mixture.means[0]?.length ?? 0;
  if (!isMixture(mixture, dimensions) || !isCount(answers) || answers === 0) return null;
  if (style !== undefined && !isStyle(style, dimensions)) return null;
  if (responsibilities !== undefined && !isNumbers(responsibilities, prior.mixture.weights.length))
    return null;
  return {
    engine: prior.engine,
    mixture,
    answers,
    ...(style === undefined ? {} : { style }),
    ...(responsibilities === undefined ? {} : { responsibilities }),
  };
}

function isMixture(value: unknown, dimensions: number): value is Mixture {
  if (!isRecord(value)) return false;
  const { weights, means, variances } = value;
  if (!Array.isArray(weights) || weights.length === 0 || !isNumbers(weights, weights.length)) return false;
  if (!isTable(means, weights.length, dimensions) || !isTable(variances, weights.length, dimensions))
    return false;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (
    Math.abs(total - 1) < 1e-3 &&
    weights.every(weight => weight >= 0) &&
    variances.every(row => row.every(variance => variance > 0))
  );
}

function isStyle(value: unknown, dimensions: number): value is Style {
  if (!isRecord(value)) return false;
  const { answers, terms, scatter, margins } = value;
  return (
    isCount(answers) &&
    isTable(terms, 3, dimensions) &&
    isNumbers(scatter, dimensions) &&
    (margins === undefined ||
      (isRecord(margins) &&
        ['mm', 'px'].every(unit => margins[unit] === undefined || isMargin(margins[unit]))))
  );
}

function isMargin(value: unknown): value is Margin {
  if (!isRecord(value)) return false;
  const { cases, sum, squares } = value;
  return isNumbers([cases, sum, squares], 3) && Number(cases) > 0 && Number(squares) >= 0;
}

function isTable(value: unknown, rows: number, columns: number): value is number[][] {
  return Array.isArray(value) && value.length === rows && value.every(row => isNumbers(row, columns));
}

function isNumbers(value: unknown, length: number): value is number[] {
  return Array.isArray(value) && value.length === length && value.every(item => Number.isFinite(item));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
