import type {
  Conditioning,
  Decoded,
  Features,
  Mixture,
  Network,
  NetworkDescription,
  PromptTensors,
} from '../core/network/network';

/**
 * A network that ends at its next stage once the signal of the request in work is aborted. Before each stage it lets the worker read its
 * messages: a stage on wasm blocks the worker, so that a cancellation could otherwise not arrive before the whole request is done.
 */
export class InterruptibleNetwork implements Network {
  /** Of the request in work; requests run one at a time. */
  signal: AbortSignal | null = null;

  /** Only where the network has one. */
  readonly distribution?: NonNullable<Network['distribution']>;

  constructor(
    private readonly network: Network,
    private readonly readMessages: () => Promise<void> = nextTask,
  ) {
    const distribution = network.distribution?.bind(network);
    if (distribution === undefined) return;
    this.distribution = async (...of): Promise<Mixture> => {
      await this.pause();
      return distribution(...of);
    };
  }

  get description(): NetworkDescription {
    return this.network.description;
  }

  async encode(image: Float32Array): Promise<Features> {
    await this.pause();
    return this.network.encode(image);
  }

  async prompt(features: Features, prompts: PromptTensors): Promise<Conditioning> {
    await this.pause();
    return this.network.prompt(features, prompts);
  }

  async decode(conditioning: Conditioning, latents: Float32Array): Promise<Decoded> {
    await this.pause();
    return this.network.decode(conditioning, latents);
  }

  private async pause(): Promise<void> {
    await this.readMessages();
    this.signal?.throwIfAborted();
  }
}

/** The end of the present task; unlike a timer it is not held back to 4 ms. */
function nextTask(): Promise<void> {
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
