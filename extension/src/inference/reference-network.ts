import type {
  Conditioning,
  Decoded,
  Features,
  Mixture,
  Network,
  PointNetworkDescription,
  PromptTensors,
} from '../core/network/network';
import type { Bundle } from './bundle/load-bundle';
import { invalid } from './bundle/fields';
import { runtimeFault } from './faults';
import { checkTensors, outputShapes } from './graph-check';
import { GraphNetwork, type OpenNetwork } from './graph-network';
import { openGraphs, valuesOf, type Graphs } from './graphs';
import { Held, tensorsOf } from './held';
import { checkKnownAnswer, knownLatents } from './known-answer';
import { asPoints, checkEncoder, narrowed, pointShapes, pointValues } from './point-network';
import { tryOutInput, type TryOut } from './point-try-out';
import type { Runtime, Tensors } from './runtime';
import { decodeLatents } from './sample-head';

type Stage = 'encoder' | 'prompt' | 'weights' | 'head';

/**
 * The four graphs of the engine `reference`, the published method. S input pixels a side, L of a mask, M components:
 *
 *     encoder: image [1, channels, S, S]                        -> feature [1, C, h, h], before the latent is mixed in
 *     prompt:  points [1, P, 2], labels [1, P]                  -> sparse [1, Q, C], means [M], variances [M]
 *     weights: responsibilities [M]                             -> weights [M]
 *     head:    feature, sparse, latents [N, D]                  -> logits [N, L, L]
 *
 * Rejects with `bundle-invalid` when names or shapes are others or a first run gives no numbers, with `wrong-results` when a graphics card gives
 * other numbers than the manifest's section `check` says.
 */
export function openReferenceNetwork(
  runtime: Runtime,
  bundle: Bundle,
  description: PointNetworkDescription,
): Promise<OpenNetwork> {
  const wanted = { encoder: 'kept', prompt: 'kept', weights: 'read', head: 'read' } as const;
  return openGraphs(runtime, bundle, wanted, async graphs => {
    const feature = checkGraphs(description, graphs);
    const { temperature, check } = bundle.manifest;
    const network = new ReferenceNetwork(description, temperature, graphs);
    await tryOut(network, await tryOutInput(network, runtime, feature, check), temperature);
    return network;
  });
}

function checkGraphs(description: PointNetworkDescription, graphs: Graphs<Stage>) {
  const { latent, outputSize: size } = description;
  const components = latent.prior.weights.length;
  const feature = checkEncoder(graphs.session('encoder'), description);
  const [prompt, weights, head] = [
    graphs.session('prompt'),
    graphs.session('weights'),
    graphs.session('head'),
  ];
  checkTensors('prompt', 'input', prompt.inputs, new Map(pointShapes));
  checkTensors(
    'prompt',
    'output',
    prompt.outputs,
    new Map([
      ['sparse', [1, null, null]],
      ['means', [components]],
      ['variances', [components]],
    ]),
  );
  checkTensors('weights', 'input', weights.inputs, new Map([['responsibilities', [components]]]));
  checkTensors('weights', 'output', weights.outputs, new Map([['weights', [components]]]));
  checkTensors(
    'head',
    'input',
    head.inputs,
    new Map([
      ['feature', feature],
      ['sparse', outputShapes(prompt).get('sparse') ?? []],
      ['latents', [null, latent.dimension]],
    ]),
  );
  checkTensors('head', 'output', head.outputs, new Map([['logits', [null, size, size]]]));
  return feature;
}

async function tryOut(network: ReferenceNetwork, input: TryOut, temperature: number): Promise<void> {
  const { outputSize, latent } = network.description;
  const { features, prompts, answer } = input;
  const conditioning = await network.prompt(features, prompts);
  const mixture = await network.distribution(conditioning, Float32Array.from(latent.prior.weights));
  const { logits } = await network.decode(
    conditioning,
    answer === null ? new Float32Array(latent.dimension) : knownLatents(answer, latent.samples),
  );
  conditioning.release();
  features.release();
  if (answer !== null) checkKnownAnswer(logits, answer, { outputSize, temperature });
  const numbers = [mixture.weights, mixture.means.flat(), mixture.variances.flat(), logits];
  if (!numbers.every(values => values.every(Number.isFinite))) throw invalid('its results are not numbers');
}

/** The prompt stage's output, on features that are not its own. */
class PromptedFeatures implements Conditioning {
  constructor(
    private readonly features: Features,
    private readonly prompted: Held,
  ) {}

  /** `sparse`, `means`, `variances`. */
  get prompt(): Tensors {
    return this.prompted.tensors;
  }

  /** What the head takes. */
  get tensors(): Tensors {
    const { sparse } = this.prompted.tensors;
    return sparse === undefined ? tensorsOf(this.features) : { ...tensorsOf(this.features), sparse };
  }

  release(): void {
    this.prompted.release();
  }
}

class ReferenceNetwork extends GraphNetwork<PointNetworkDescription, Stage> implements Network {
  async prompt(features: Features, prompts: PromptTensors): Promise<Conditioning> {
    const outputs = await this.graphs.run('prompt', {}, pointValues(asPoints(prompts)));
    return new PromptedFeatures(features, new Held(outputs));
  }

  async decode(conditioning: Conditioning, latents: Float32Array): Promise<Decoded> {
    const { graphs, description, temperature } = this;
    const held = narrowed(conditioning, PromptedFeatures).tensors;
    return { logits: await decodeLatents(graphs, held, latents, description, temperature) };
  }

  async distribution(conditioning: Conditioning, responsibilities: Float32Array): Promise<Mixture> {
    const count = responsibilities.length;
    const { prompt } = narrowed(conditioning, PromptedFeatures);
    const added = { responsibilities: { data: responsibilities, dims: [count] } };
    const { weights } = await this.graphs.read('weights', {}, added, { weights: count });
    try {
      const means = await valuesOf('prompt', 'means', prompt, count);
      const variances = await valuesOf('prompt', 'variances', prompt, count);
      return {
        weights: Array.from(weights),
        means: Array.from(means, mean => [mean]),
        variances: Array.from(variances, variance => [variance]),
      };
    } catch (error) {
      throw runtimeFault(error);
    }
  }
}
