import type { Network } from '../../extension/src/core/network';
import { InterruptibleNetwork } from '../../extension/src/inference/interruptible-network';
import { sampleBundle } from './samples';

const held = { release: () => undefined };

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
      return new Float32Array(1);
    },
  };
}

describe('an interruptible network', () => {
  it('runs every stage as long as nothing is cancelled', async () => {
    const log: string[] = [];
    const interruptible = new InterruptibleNetwork(network(log));
    interruptible.signal = new AbortController().signal;
    const features = await interruptible.encode(new Float32Array(1));
    const conditioning = await interruptible.prompt(features, new Float32Array(1));
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
      interruptible
        .encode(new Float32Array(1))
        .then(features => interruptible.prompt(features, new Float32Array(1))),
    ).rejects.toThrow('cancelled');
    expect(log).not.toContain('prompt');
  });
});
