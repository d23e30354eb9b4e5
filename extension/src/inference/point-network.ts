/** What the networks built like SAM have in common: their encoder, and prompts that are points. */
import type { Conditioning, PromptTensors } from '../core/network/network';
import type { PointPrompts } from '../core/prompts/prompt-points';
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

/** The conditioning as the class that the network itself makes; throws a TypeError for one of another network. */
export function narrowed<Own extends Conditioning>(
  conditioning: Conditioning,
  type: new (...parts: never[]) => Own,
): Own {
  if (conditioning instanceof type) return conditioning;
  throw foreign();
}
