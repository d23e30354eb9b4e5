import { invalid } from './bundle/fields';
import type { RuntimeSession, ValueMetadata } from './runtime';

/** `null` stands for a dimension that may be anything, or symbolic. */
export type Shape = readonly (number | null)[];

/** Checks what a graph takes and gives before it is run. Throws `bundle-invalid`, naming the graph and the tensor. */
export function checkTensors(
  graph: string,
  direction: 'input' | 'output',
  found: readonly ValueMetadata[],
  expected: ReadonlyMap<string, Shape>,
): void {
  const names = found.map(each => each.name);
  for (const name of expected.keys()) {
    if (!names.includes(name)) throw invalid(`its graph ${graph} has no ${direction} "${name}"`);
  }
  for (const value of found) {
    const shape = expected.get(value.name);
    if (shape === undefined) throw invalid(`its graph ${graph} has an unknown ${direction} "${value.name}"`);
    checkShape(`${direction} "${value.name}" of its graph ${graph}`, value, shape);
  }
}

function checkShape(what: string, value: ValueMetadata, expected: Shape): void {
  if (!value.isTensor || value.type !== 'float32') {
    throw invalid(`${what} must be a float32 tensor, but is ${value.type ?? 'no tensor'}`);
  }
  const shape = value.shape ?? [];
  const fits =
    shape.length === expected.length &&
    expected.every((size, axis) => size === null || typeof shape[axis] === 'string' || shape[axis] === size);
  if (!fits) {
    throw invalid(
      `${what} must have the shape [${expected.map(size => size ?? '*').join(', ')}], but has [${shape.join(', ')}]`,
    );
  }
}

/** Names and shapes of a session's outputs, symbolic dimensions as `null`. */
export function outputShapes(session: RuntimeSession): ReadonlyMap<string, Shape> {
  return new Map(
    session.outputs.map(output => [
      output.name,
      (output.shape ?? []).map(size => (typeof size === 'number' ? size : null)),
    ]),
  );
}
