import type {
  Conditioning,
  Decoded,
  Features,
  MapNetworkDescription,
  Network,
  PromptTensors,
} from '../core/network/network';
import type { Bundle } from './bundle/load-bundle';
import { invalid } from './bundle/fields';
import { checkTensors, outputShapes } from './graph-check';
import { GraphNetwork, type OpenNetwork } from './graph-network';
import { openGraphs, type Graphs } from './graphs';
import { Held, tensorsOf } from './held';
import {
  checkKnownAnswer,
  knownImageTensor,
  knownLatents,
  knownPromptMaps,
  type KnownAnswer,
} from './known-answer';
import type { Runtime } from './runtime';
import { decodeLatents } from './sample-head';

type Stage = 'encoder' | 'prompt' | 'head';

/**
 * The three graphs of the engine `bayes`, S model pixels a side:
 *
 *     encoder: image [1, channels, S, S]                        -> tensors of any name, the features
 *     prompt:  the features by name, prompts [1, P, S, S]       -> conditioning [1, C, S, S]
 *     head:    conditioning [1, C, S, S], latents [N, D]        -> logits [N, S, S]
 *
 * Rejects with `bundle-invalid` when names or shapes are others or a first run gives no numbers, with `wrong-results` when it gives other numbers
 * than the manifest's section `check` says.
 */
export function openBayesNetwork(
  runtime: Runtime,
  bundle: Bundle,
  description: MapNetworkDescription,
): Promise<OpenNetwork> {
  const wanted = { encoder: 'kept', prompt: 'kept', head: 'read' } as const;
  return openGraphs(runtime, bundle, wanted, async graphs => {
    checkGraphs(description, graphs);
    const network = new BayesNetwork(description, bundle.manifest.temperature, graphs);
    await tryOut(network, bundle.manifest.check, bundle.manifest.temperature);
    return network;
  });
}

function checkGraphs(description: MapNetworkDescription, graphs: Graphs<Stage>): void {
  const { inputSize: size, inputChannels, promptChannels, latent } = description;
  const [encoder, prompt, head] = [
    graphs.session('encoder'),
    graphs.session('prompt'),
    graphs.session('head'),
  ];
  checkTensors('encoder', 'input', encoder.inputs, new Map([['image', [1, inputChannels, size, size]]]));
  const features = outputShapes(encoder);
  if (features.size === 0) throw invalid('its graph encoder has no output');
  checkTensors(
    'prompt',
    'input',
    prompt.inputs,
    new Map([...features, ['prompts', [1, promptChannels.length, size, size]]]),
  );
  checkTensors('prompt', 'output', prompt.outputs, new Map([['conditioning', [1, null, size, size]]]));
  checkTensors(
    'head',
    'input',
    head.inputs,
    new Map([...outputShapes(prompt), ['latents', [null, latent.dimension]]]),
  );
  checkTensors('head', 'output', head.outputs, new Map([['logits', [null, size, size]]]));
}

/**
 * One run before any image: what is wrong inside shows now, and compiling does not wait for the first click. As many equal latents as a round
 * has, on the input to which the bundle knows the answer; without one on an empty image, whose logits must be numbers.
 */
async function tryOut(network: BayesNetwork, answer: KnownAnswer | null, temperature: number): Promise<void> {
  const { inputSize, inputChannels, outputSize, promptChannels, pointSigma, latent } = network.description;
  const pixels = inputSize * inputSize;
  const { image, maps, latents } =
    answer === null
      ? {
          image: new Float32Array(inputChannels * pixels),
          maps: new Float32Array(promptChannels.length * pixels),
          latents: new Float32Array(latent.samples * latent.dimension),
        }
      : {
          image: knownImageTensor(inputChannels, inputSize),
          maps: knownPromptMaps(answer, promptChannels, inputSize, pointSigma),
          latents: knownLatents(answer, latent.samples),
        };
  const features = await network.encode(image);
  const conditioning = await network.prompt(features, { kind: 'maps', maps });
  const { logits } = await network.decode(conditioning, latents);
  conditioning.release();
  features.release();
  if (answer !== null) checkKnownAnswer(logits, answer, { outputSize, temperature });
  if (!logits.every(Number.isFinite)) throw invalid('its logits are not numbers');
}

class BayesNetwork extends GraphNetwork<MapNetworkDescription, Stage> implements Network {
  async prompt(features: Features, prompts: PromptTensors): Promise<Conditioning> {
    if (prompts.kind !== 'maps') throw new TypeError('This network takes prompts as maps.');
    const { inputSize, promptChannels } = this.description;
    const dims = [1, promptChannels.length, inputSize, inputSize];
    const added = { prompts: { data: prompts.maps, dims } };
    return new Held(await this.graphs.run('prompt', tensorsOf(features), added));
  }

  async decode(conditioning: Conditioning, latents: Float32Array): Promise<Decoded> {
    const { graphs, description, temperature } = this;
    const held = tensorsOf(conditioning);
    return { logits: await decodeLatents(graphs, held, latents, description, temperature) };
  }
}
