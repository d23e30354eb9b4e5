/** What the networks built like SAM have in common: their encoder, and prompts that are points. */
import type { Conditioning, PointPrompts, PromptTensors } from '../core/network/network';
import { invalid } from './bundle/fields';
import { checkTensors, outputShapes, type Shape } from './graph-check';
import type { Values } from './graphs';
import { foreign } from './held';
import type { RuntimeSession } from './runtime';

/** Checks the encoder and gives the shape of its output `feature`. Throws `bundle-invalid`. */
export function checkEncoder(
  encoder: RuntimeSession,
  { inputSize: size, inputChannels }: { readonly inputSize: number; readonly inputChannels: number },
): Shape {
  checkTensors('encoder', 'input', encoder.inputs, new Map([['image', [1, inputChannels, size, size]]]));
  checkTensors('encoder', 'output', encoder.outputs, new Map([['feature', [1, null, null, null]]]));
  return outputShapes(encoder).get('feature') ?? [];
}

/** Shapes of the inputs that carry the prompts. */
export const pointShapes: readonly (readonly [string, Shape])[] = [
  ['points', [1, null, 2]],
  ['labels', [1, null]],
];

/** The prompts as a graph takes them. */
export function pointValues({ points, labels }: PointPrompts): Record<'points' | 'labels', Values> {
  return {
    points: { data: points, dims: [1, labels.length, 2] },
    labels: { data: labels, dims: [1, labels.length] },
  };
}

export function asPoints(prompts: PromptTensors): PointPrompts {
  if (prompts.kind !== 'points') throw new TypeError('This network takes prompts as points.');
  return prompts;
}

/** One click in the middle of an input of S = `inputSize` pixels a side, for a run that no user asked for. */
export function middlePoint(inputSize: number): PointPrompts {
  const middle = inputSize / 2;
  return {
    kind: 'points',
    points: Float32Array.of(middle, middle),
    labels: Float32Array.of(1),
    mask: null,
  };
}

/**
 * Features of a picture that was never encoded, of the shape that the encoder gives: a first run on them shows what is wrong behind the
 * encoder, which itself is too slow to be run for nothing.
 */
export function emptyFeature(shape: Shape): Values {
  const dims = shape.map(size => {
    if (size === null) throw invalid('the output "feature" of its graph encoder must have a fixed shape');
    return size;
  });
  return { data: new Float32Array(dims.reduce((product, size) => product * size, 1)), dims };
}

/** The conditioning as the class that the network itself makes; throws a TypeError for one of another network. */
export function narrowed<Own extends Conditioning>(
  conditioning: Conditioning,
  type: new (...parts: never[]) => Own,
): Own {
  if (conditioning instanceof type) return conditioning;
  throw foreign();
}
