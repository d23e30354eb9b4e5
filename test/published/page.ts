import type { Slice } from '../../extension/src/core/image/slice';
import { httpSource } from '../../extension/src/inference/bundle/http-source';
import { ProgressMeter } from '../../extension/src/inference/load-progress';
import { openEngine } from '../../extension/src/inference/open-engine';
import { hasGraphicsCard, wasmOffer, webgpuOffer } from '../../extension/src/inference/runtime-offers';
import { replay, type RecordedInput, type Replayed } from './replay';

/** The slice as plain JSON, which has no typed arrays. */
export type PlainSlice = Omit<Slice, 'values'> & { readonly values: readonly number[] };

export interface PublishedPage {
  hasGraphicsCard(): Promise<boolean>;
  replay(
    backend: 'wasm' | 'webgpu',
    slice: PlainSlice,
    inputs: readonly RecordedInput[],
  ): Promise<readonly Replayed[]>;
}

declare global {
  interface Window {
    published: PublishedPage;
  }
}

const runtime = new URL('./ort/', import.meta.url);

window.published = {
  hasGraphicsCard,
  replay: async (backend, slice, inputs) => {
    const offer = backend === 'wasm' ? wasmOffer(runtime, 1) : webgpuOffer(runtime);
    const source = httpSource(new URL('/bundle/', location.href));
    const meter = new ProgressMeter(() => undefined);
    const { network } = await openEngine(source, [offer], meter, new AbortController().signal);
    const rounds: Replayed[] = [];
    for (const input of inputs) {
      rounds.push(await replay(network, { ...slice, values: Float32Array.from(slice.values) }, input));
    }
    await network.close();
    return rounds;
  },
};
