import type { Conditioning, Features, Network, NetworkDescription } from '../core/network';
import type { Bundle } from './bundle/load-bundle';
import { invalid } from './bundle/fields';
import { runtimeFault } from './faults';
import { checkTensors, outputShapes } from './graph-check';
import type { Runtime, RuntimeSession, RuntimeTensor, Tensors } from './runtime';
import { Serial } from './serial';

/** A network with its sessions. */
export interface OpenNetwork extends Network {
  /** Frees the sessions; the network is not used afterwards. */
  close(): Promise<void>;
}

/**
 * The three graphs of the engine `bayes`, S model pixels a side:
 *
 *     encoder: image [1, channels, S, S]                        -> tensors of any name, the features
 *     prompt:  the features by name, prompts [1, P, S, S]       -> conditioning [1, C, S, S]
 *     head:    conditioning [1, C, S, S], latents [N, D]        -> logits [N, S, S]
 *
 * Rejects with `bundle-invalid` when names or shapes are others, or when a first run on an empty image gives no numbers.
 */
export async function openBayesNetwork(runtime: Runtime, bundle: Bundle): Promise<OpenNetwork> {
  const sessions: RuntimeSession[] = [];
  const open = async (stage: string, keepOnDevice: boolean): Promise<RuntimeSession> => {
    const graph = bundle.graphs.get(stage);
    if (graph === undefined) throw invalid(`it has no graph ${stage}`);
    const session = await openSession(runtime, stage, graph, keepOnDevice);
    sessions.push(session);
    return session;
  };
  try {
    // The runtimes allow no two sessions to be made at a time.
    const encoder = await open('encoder', true);
    const prompt = await open('prompt', true);
    const head = await open('head', false);
    const { network, temperature } = bundle.manifest;
    checkGraphs(network, encoder, prompt, head);
    const result = new BayesNetwork(network, temperature, runtime, { encoder, prompt, head });
    await tryOut(result);
    return result;
  } catch (error) {
    await Promise.all(sessions.map(session => session.release()));
    throw error;
  }
}

async function openSession(
  runtime: Runtime,
  stage: string,
  graph: Uint8Array<ArrayBuffer>,
  keepOnDevice: boolean,
): Promise<RuntimeSession> {
  try {
    return await runtime.open(graph, keepOnDevice);
  } catch (error) {
    const fault = runtimeFault(error);
    if (fault.code !== 'inference-failed') throw fault;
    throw invalid(
      `its graph ${stage} cannot be opened: ${fault.details['reason'] ?? 'no reason given'}`,
      error,
    );
  }
}

function checkGraphs(
  description: NetworkDescription,
  encoder: RuntimeSession,
  prompt: RuntimeSession,
  head: RuntimeSession,
): void {
  const { inputSize: size, inputChannels, promptChannels, latent } = description;
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

/** One run on an empty image: what is wrong inside shows now, and compiling does not wait for the first click. */
async function tryOut(network: Network): Promise<void> {
  const { inputSize, inputChannels, promptChannels, latent } = network.description;
  const pixels = inputSize * inputSize;
  const features = await network.encode(new Float32Array(inputChannels * pixels));
  const conditioning = await network.prompt(features, new Float32Array(promptChannels.length * pixels));
  const logits = await network.decode(conditioning, new Float32Array(latent.samples * latent.dimension));
  conditioning.release();
  features.release();
  if (!logits.every(Number.isFinite)) throw invalid('its logits are not numbers');
}

/** Tensors of one stage, kept where the runtime computed them. */
class Held implements Features, Conditioning {
  private held: Tensors | null;

  constructor(tensors: Tensors) {
    this.held = tensors;
  }

  get tensors(): Tensors {
    if (this.held === null) throw new Error('These tensors were released: keep them until the last use.');
    return this.held;
  }

  release(): void {
    for (const tensor of Object.values(this.held ?? {})) tensor.dispose();
    this.held = null;
  }
}

class BayesNetwork implements OpenNetwork {
  private readonly runs = new Serial();

  constructor(
    readonly description: NetworkDescription,
    private readonly temperature: number,
    private readonly runtime: Runtime,
    private readonly sessions: Readonly<Record<'encoder' | 'prompt' | 'head', RuntimeSession>>,
  ) {}

  async encode(image: Float32Array): Promise<Features> {
    const { inputSize, inputChannels } = this.description;
    return new Held(
      await this.run(this.sessions.encoder, {}, 'image', image, [1, inputChannels, inputSize, inputSize]),
    );
  }

  async prompt(features: Features, maps: Float32Array): Promise<Conditioning> {
    const { inputSize, promptChannels } = this.description;
    const dims = [1, promptChannels.length, inputSize, inputSize];
    return new Held(await this.run(this.sessions.prompt, tensorsOf(features), 'prompts', maps, dims));
  }

  async decode(conditioning: Conditioning, latents: Float32Array): Promise<Float32Array> {
    const { inputSize, latent } = this.description;
    const pixels = inputSize * inputSize;
    const count = latents.length / latent.dimension;
    const logits = new Float32Array(count * pixels);
    for (let from = 0; from < count; from += this.runtime.portion) {
      const to = Math.min(count, from + this.runtime.portion);
      const portion = latents.subarray(from * latent.dimension, to * latent.dimension);
      logits.set(await this.decodePortion(conditioning, portion, to - from), from * pixels);
    }
    if (this.temperature !== 1) {
      for (let i = 0; i < logits.length; i++) logits[i] = (logits[i] ?? 0) / this.temperature;
    }
    return logits;
  }

  private async decodePortion(
    conditioning: Conditioning,
    latents: Float32Array,
    count: number,
  ): Promise<Float32Array> {
    const { inputSize, latent } = this.description;
    const dims = [count, latent.dimension];
    const outputs = await this.run(this.sessions.head, tensorsOf(conditioning), 'latents', latents, dims);
    const logits = await this.values(outputs);
    if (logits.length !== count * inputSize * inputSize) {
      throw invalid(`its graph head gave ${logits.length} values for ${count} latents`);
    }
    return logits;
  }

  async close(): Promise<void> {
    await this.runs.run(async () => {
      for (const session of Object.values(this.sessions)) await session.release();
    });
  }

  /** Runs a session on what is held of the stage before and one new tensor. */
  private run(
    session: RuntimeSession,
    held: Tensors,
    name: string,
    data: Float32Array,
    dims: readonly number[],
  ): Promise<Tensors> {
    return this.runs.run(async () => {
      let added: RuntimeTensor | null = null;
      try {
        this.runtime.check();
        added = this.runtime.tensor(data, dims);
        const outputs = await session.run({ ...held, [name]: added });
        this.runtime.check();
        return outputs;
      } catch (error) {
        throw runtimeFault(error);
      } finally {
        added?.dispose();
      }
    });
  }

  private async values(outputs: Tensors): Promise<Float32Array> {
    try {
      const data = await outputs['logits']?.getData();
      if (!(data instanceof Float32Array)) throw new Error('The head gave no float32 logits.');
      return data;
    } catch (error) {
      throw runtimeFault(error);
    } finally {
      for (const tensor of Object.values(outputs)) tensor.dispose();
    }
  }
}

function tensorsOf(handle: Features | Conditioning): Tensors {
  if (handle instanceof Held) return handle.tensors;
  throw new TypeError('These tensors are not from this network.');
}
