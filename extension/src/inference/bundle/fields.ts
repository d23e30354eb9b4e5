/**
 * Readers of untrusted JSON: each gives a value of the type asked for or throws `bundle-invalid` saying where it is wrong, what it must
 * be and what it is.
 */
import { SpaError } from '../../core/error';

export type Json = Readonly<Record<string, unknown>>;

const longestQuote = 40;

/** A value as a sentence can name it, short whatever it is. */
function quote(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > longestQuote ? `${text.slice(0, longestQuote)}…` : text;
}

export function invalid(reason: string, cause?: unknown): SpaError {
  return new SpaError('bundle-invalid', { reason }, cause === undefined ? undefined : { cause });
}

function wrong(where: string, expected: string, value: unknown): SpaError {
  return invalid(`manifest.json: ${where} must be ${expected}, but is ${quote(value)}`);
}

export function object(value: unknown, where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(where, 'an object', value);
  }
  return value as Json;
}

/** The object's own property: what a prototype offers is not in the file. */
export function property(from: Json, name: string): unknown {
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

/** What may be left out. */
export function optional<T>(value: unknown, otherwise: T, read: (value: unknown) => T): T {
  return value === undefined ? otherwise : read(value);
}

export function text(value: unknown, where: string, longest = 200): string {
  if (typeof value !== 'string' || value.length === 0 || value.length > longest) {
    throw wrong(where, `a text of 1 to ${longest} characters`, value);
  }
  return value;
}

export function oneOf<T extends string | number>(value: unknown, where: string, allowed: readonly T[]): T {
  const found = allowed.find(each => each === value);
  if (found === undefined) throw wrong(where, `one of ${allowed.map(quote).join(', ')}`, value);
  return found;
}

export function boolean(value: unknown, where: string): boolean {
  if (typeof value !== 'boolean') throw wrong(where, 'true or false', value);
  return value;
}

export function integer(value: unknown, where: string, least: number, most: number): number {
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    throw wrong(where, `a whole number from ${least} to ${most}`, value);
  }
  return value as number;
}

/** A finite number from `least` to `most`. */
export function number(value: unknown, where: string, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw wrong(where, `a number from ${least} to ${most}`, value);
  }
  return value;
}

export function list<T>(
  value: unknown,
  where: string,
  length: { readonly least: number; readonly most: number },
  read: (item: unknown, where: string) => T,
): readonly T[] {
  if (!Array.isArray(value) || value.length < length.least || value.length > length.most) {
    const count = length.least === length.most ? `${length.least}` : `${length.least} to ${length.most}`;
    throw wrong(where, `a list of ${count}`, value);
  }
  return value.map((item, index) => read(item, `${where}[${index}]`));
}
