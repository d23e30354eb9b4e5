import type {
  Conditioning,
  Decoded,
  Features,
  Network,
  PointNetworkDescription,
  PromptTensors,
} from '../core/network/network';
import type { PointPrompts } from '../core/prompts/prompt-points';
import type { Bundle } from './bundle/load-bundle';
import { invalid } from './bundle/fields';
import { checkTensors, type Shape } from './graph-check';
import { GraphNetwork, type OpenNetwork } from './graph-network';
import { openGraphs, type Graphs } from './graphs';
import { tensorsOf } from './held';
import { checkKnownAnswer } from './known-answer';
import { asPoints, checkEncoder, narrowed, pointShapes, pointValues } from './point-network';
import { tryOutInput, type TryOut } from './point-try-out';
import type { Runtime } from './runtime';

type Stage = 'encoder' | 'head';

/**
 * The two graphs of the engine `sam` (Kirillov et al., "Segment Anything", ICCV 2023). S input pixels a side, L of a mask:
 *
 *     encoder: image [1, channels, S, S]                                        -> feature [1, C, h, h]
 *     head:    feature, points [1, P, 2], labels [1, P], mask [1, 1, L, L] (logits of the previous mask), hasMask [1] (0 or 1)
 *                                                                               -> logits [K, L, L], quality [K]
 *
 * K masks (three) with the intersection over union that the model predicts for each. Rejects with `bundle-invalid` when names or shapes are
 * others or a first run gives no numbers, with `wrong-results` when a graphics card gives other numbers than the manifest's section `check` says.
 */
export function openSamNetwork(
  runtime: Runtime,
  bundle: Bundle,
  description: PointNetworkDescription,
): Promise<OpenNetwork> {
  return openGraphs(runtime, bundle, { encoder: 'kept', head: 'read' } as const, async graphs => {
    const feature = checkGraphs(description, graphs);
    const { temperature, check } = bundle.manifest;
    const network = new SamNetwork(description, temperature, graphs);
    await tryOut(network, await tryOutInput(network, runtime, feature, check), temperature);
    return network;
  });
}

function checkGraphs(description: PointNetworkDescription, graphs: Graphs<Stage>): Shape {
  const { outputSize: size, latent } = description;
  const feature = checkEncoder(graphs.session('encoder'), description);
  const head = graphs.session('head');
  checkTensors(
    'head',
    'input',
    head.inputs,
    new Map([['feature', feature], ...pointShapes, ['mask', [1, 1, size, size]], ['hasMask', [1]]]),
  );
  checkTensors(
    'head',
    'output',
    head.outputs,
    new Map([
      ['logits', [latent.samples, size, size]],
      ['quality', [latent.samples]],
    ]),
  );
  return feature;
}

async function tryOut(network: SamNetwork, input: TryOut, temperature: number): Promise<void> {
  const { outputSize } = network.description;
  const { features, prompts, answer } = input;
  const conditioning = await network.prompt(features, prompts);
  const { logits, quality } = await network.decode(conditioning);
  features.release();
  const first = logits.subarray(0, outputSize ** 2);
  if (answer !== null) checkKnownAnswer(first, answer, { outputSize, temperature });
  if (!logits.every(Number.isFinite) || quality?.every(Number.isFinite) !== true) {
    throw invalid('its results are not numbers');
  }
}

/** Prompts that wait for the head, on features that are not theirs. */
class WaitingPrompts implements Conditioning {
  constructor(
    readonly features: Features,
    readonly prompts: PointPrompts,
  ) {}

  release(): void {
    // The prompts are plain arrays, and the features belong to whoever had them encoded.
  }
}

class SamNetwork extends GraphNetwork<PointNetworkDescription, Stage> implements Network {
  /** SAM's prompt encoder is part of its head: nothing is computed yet. */
  async prompt(features: Features, prompts: PromptTensors): Promise<Conditioning> {
    return new WaitingPrompts(features, asPoints(prompts));
  }

  async decode(conditioning: Conditioning): Promise<Decoded> {
    const { outputSize: size, latent } = this.description;
    const { features, prompts } = narrowed(conditioning, WaitingPrompts);
    const mask = prompts.mask ?? new Float32Array(size * size);
    const added = {
      ...pointValues(prompts),
      mask: { data: mask, dims: [1, 1, size, size] },
      hasMask: { data: Float32Array.of(prompts.mask === null ? 0 : 1), dims: [1] },
    };
    const { logits, quality } = await this.graphs.read('head', tensorsOf(features), added, {
      logits: latent.samples * size * size,
      quality: latent.samples,
    });
    return { logits: logits.map(logit => logit / this.temperature), quality };
  }
}
