/** What the networks built like SAM have in common: their encoder, and prompts that are points. */
import type {
  Conditioning,
  Features,
  Network,
  PointNetworkDescription,
  PointPrompts,
  PromptTensors,
} from '../core/network/network';
import { invalid } from './bundle/fields';
import { checkTensors, outputShapes, type Shape } from './graph-check';
import type { Values } from './graphs';
import { foreign, Held } from './held';
import { knownImageTensor, type KnownAnswer } from './known-answer';
import type { Runtime, RuntimeSession } from './runtime';

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

/** On what a network is tried out before any image. */
export interface TryOut {
  readonly features: Features;
  readonly prompts: PointPrompts;
  /** What must come of it; null where it must only be numbers. */
  readonly answer: KnownAnswer | null;
}

/**
 * The input to which the bundle knows the answer, if a graphics card computes. On a processor, which is trusted and would take seconds for the
 * encoder, one click on features of a picture that was never encoded: it shows what is wrong behind the encoder. `feature`: the shape of its output.
 */
export async function tryOutInput(
  network: Pick<Network, 'encode'> & { readonly description: PointNetworkDescription },
  runtime: Runtime,
  feature: Shape,
  check: KnownAnswer | null,
): Promise<TryOut> {
  const { inputSize: size, inputChannels, pointOrder } = network.description;
  if (check === null || runtime.device === 'processor') {
    const { data, dims } = emptyFeature(feature);
    const features = new Held({ feature: runtime.tensor(data, dims) });
    return { features, prompts: middlePoint(size), answer: null };
  }
  const { x, y } = check.point;
  return {
    features: await network.encode(knownImageTensor(inputChannels, size)),
    prompts: pointOrder === 'xy' ? onePoint(x, y) : onePoint(y, x),
    answer: check,
  };
}

/** One click in the middle of an input of S = `inputSize` pixels a side, for a run that no user asked for. */
export function middlePoint(inputSize: number): PointPrompts {
  return onePoint(inputSize / 2, inputSize / 2);
}

function onePoint(first: number, second: number): PointPrompts {
  return {
    kind: 'points',
    points: Float32Array.of(first, second),
    labels: Float32Array.of(1),
    mask: null,
  };
}

function emptyFeature(shape: Shape): Values {
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
