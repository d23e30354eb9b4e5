import type { Network } from '../../extension/src/core/network/network';
import { InterruptibleNetwork } from '../../extension/src/inference/interruptible-network';
import { sampleBundle } from './samples';

const held = { release: () => undefined };
const maps = { kind: 'maps', maps: new Float32Array(1) } as const;

function network(log: string[]): Network {
  return {
    description: sampleBundle.network,
    encode: async () => {
      log.push('encode');
      return held;
    },
    prompt: async () => {
      log.push('prompt');
      return held;
    },
    decode: async () => {
      log.push('decode');
      return { logits: new Float32Array(1) };
    },
  };
}

describe('an interruptible network', () => {
  it('runs every stage as long as nothing is cancelled', async () => {
    const log: string[] = [];
    const interruptible = new InterruptibleNetwork(network(log));
    interruptible.signal = new AbortController().signal;
    const features = await interruptible.encode(new Float32Array(1));
    const conditioning = await interruptible.prompt(features, maps);
    await interruptible.decode(conditioning, new Float32Array(1));
    expect(log).toEqual(['encode', 'prompt', 'decode']);
  });

  it('hears a message that arrives during one stage before the next begins', async () => {
    const log: string[] = [];
    const controller = new AbortController();
    const interruptible = new InterruptibleNetwork(network(log));
    interruptible.signal = controller.signal;
    // A message is a task of its own, behind all promises.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      controller.abort(new Error('cancelled'));
      port1.close();
    };
    port2.postMessage(null);
    await expect(
      interruptible.encode(new Float32Array(1)).then(features => interruptible.prompt(features, maps)),
    ).rejects.toThrow('cancelled');
    expect(log).not.toContain('prompt');
  });

  it('has a distribution only where the network has one, and stops before it as well', async () => {
    const log: string[] = [];
    expect(new InterruptibleNetwork(network(log)).distribution).toBeUndefined();
    const mixture = { weights: [1], means: [[0]], variances: [[1]] };
    const interruptible = new InterruptibleNetwork({ ...network(log), distribution: async () => mixture });
    await expect(interruptible.distribution?.(held, new Float32Array(1))).resolves.toBe(mixture);
    const controller = new AbortController();
    controller.abort(new Error('cancelled'));
    interruptible.signal = controller.signal;
    await expect(interruptible.distribution?.(held, new Float32Array(1))).rejects.toThrow('cancelled');
  });
});
