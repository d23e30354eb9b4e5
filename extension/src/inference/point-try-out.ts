/** How networks built like SAM are tried out before any image. */
import type { Features, Network, PointNetworkDescription } from '../core/network/network';
import type { PointPrompts } from '../core/prompts/prompt-points';
import { invalid } from './bundle/fields';
import type { Shape } from './graph-check';
import type { Values } from './graphs';
import { Held } from './held';
import { knownImageTensor, type KnownAnswer } from './known-answer';
import type { Runtime } from './runtime';

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
