/** @jest-environment ./test/inference/onnx-environment.mjs */
import type { OpenNetwork } from '../../extension/src/inference/graph-network';
import { openNetwork } from '../../extension/src/inference/open-network';
import { loadBundleFolder } from '../../tools/load-bundle-folder';
import { nodeRuntime } from '../../tools/node-runtime';
import { differences, tolerances } from '../published/agreement';
import { publishedBundle, recordedRounds } from '../published/published-bundle';
import { readRecording } from '../published/recorded-rounds';
import { replay, type Replayed } from '../published/replay';

const published = publishedBundle();
const title = 'rounds of the published program, in the engine over onnxruntime-node';

('folder' in published ? describe : describe.skip)(
  'folder' in published ? title : `${title} (skipped: ${published.absent})`,
  () => {
    const recording = 'folder' in published ? readRecording(recordedRounds) : null;
    let network: OpenNetwork;
    const found: Record<keyof Replayed, number>[] = [];

    beforeAll(async () => {
      if (!('folder' in published) || recording === null) return;
      network = await openNetwork(nodeRuntime(), await loadBundleFolder(published.folder));
      for (const { input, output } of recording.rounds) {
        found.push(differences(await replay(network, recording.slice, input), output));
      }
    }, 120_000);
    afterAll(() => network.close());

    it.each(
      [0, 1, 2].flatMap(round => tolerances.map(({ of, most, relative }) => ({ round, of, most, relative }))),
    )('have the same $of in round $round, to $most', ({ round, of, most }) => {
      expect(found[round]?.[of]).toBeLessThanOrEqual(most);
    });

    it('begin with the weights that the bundle begins with', () => {
      const { weights } = network.description.latent.prior;
      recording?.rounds[0]?.input.responsibilities.forEach((value, m) =>
        expect(weights[m]).toBeCloseTo(value, 6),
      );
    });
  },
);
