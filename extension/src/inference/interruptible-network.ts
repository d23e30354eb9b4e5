import type { Conditioning, Features, Network, NetworkDescription } from '../core/network';

/**
 * A network that ends at its next stage once the signal of the request in work is aborted. Before each stage it lets the worker read its
 * messages: a stage on wasm blocks the worker, so that a cancellation could otherwise not arrive before the whole request is done.
 */
export class InterruptibleNetwork implements Network {
  /** Of the request in work; requests run one at a time. */
  signal: AbortSignal | null = null;

  constructor(
    private readonly network: Network,
    private readonly readMessages: () => Promise<void> = nextTask,
  ) {}

  get description(): NetworkDescription {
    return this.network.description;
  }

  async encode(image: Float32Array): Promise<Features> {
    await this.pause();
    return this.network.encode(image);
  }

  async prompt(features: Features, maps: Float32Array): Promise<Conditioning> {
    await this.pause();
    return this.network.prompt(features, maps);
  }

  async decode(conditioning: Conditioning, latents: Float32Array): Promise<Float32Array> {
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
