import type { Features, Network, NetworkDescription } from '../core/network/network';
import type { Graphs } from './graphs';
import { Held } from './held';

/** A network with its sessions. */
export interface OpenNetwork extends Network {
  /** Frees the sessions; the network is not used afterwards. */
  close(): Promise<void>;
}

/** What the networks of all engines share: a graph `encoder` that takes `image` [1, channels, S, S] and is run once a view. */
export abstract class GraphNetwork<
  Description extends NetworkDescription,
  Stage extends string,
> implements Pick<Network, 'description' | 'encode'> {
  constructor(
    readonly description: Description,
    /** Logits are divided by it: the bundle's calibration. */
    protected readonly temperature: number,
    protected readonly graphs: Graphs<Stage | 'encoder'>,
  ) {}

  /** `image`: [channels, S, S] normalised. */
  async encode(image: Float32Array): Promise<Features> {
    const { inputSize, inputChannels } = this.description;
    const dims = [1, inputChannels, inputSize, inputSize];
    return new Held(await this.graphs.run('encoder', {}, { image: { data: image, dims } }));
  }

  close(): Promise<void> {
    return this.graphs.close();
  }
}
