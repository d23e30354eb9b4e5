import { thresholdOnSlice } from '../../../extension/src/core/image/crop-map';
import { dice } from '../../../extension/src/core/image/mask';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { Answer, Round } from '../../../extension/src/core/proposal/proposal';
import { logitsOf } from '../../../extension/src/core/sampling/refined-mask';
import { answer, propose } from '../../../extension/src/core/session/round';
import { clickAt, input, slice } from '../a-blob-to-segment';
import { drawnWider, fakeDescription, fakeNetwork } from '../network/fake-network';

const size = fakeDescription.outputSize;

/** What the model is told to have said of the mask on which `round` builds, as a mask. */
function toldOf({ input: { refined } }: Round) {
  if (!refined) throw new Error('The model is told nothing.');
  return thresholdOnSlice({ size, values: logitsOf(refined) }, refined.crop, slice, 0);
}

describe('what the model is told of the mask on which the user builds', () => {
  const click: Answer = { kind: 'prompt', prompt: clickAt(90, 86, false) };
  const wider: Answer = { kind: 'crop', crop: { centre: { x: 90, y: 70 }, side: 80 } };

  it.each<[string, readonly Answer[]]>([
    ['the recommended mask, which a click corrects', [click]],
    ['the recommended mask, which a click corrects in another field of view', [wider, click]],
    ['a candidate that was chosen', [{ kind: 'choose', candidate: 0 }]],
  ])('has the learnt margin like %s', async (_, given) => {
    const network = fakeNetwork();
    const cache = new RoundCache();
    const first = await propose(network, slice, input({ preference: drawnWider }), cache);
    const plain = await propose(network, slice, input(), new RoundCache());
    expect(first.proposal.recommended.mask.area).toBeGreaterThan(1.4 * plain.proposal.recommended.mask.area);
    const next = await answer(network, slice, first, given, cache);
    const { previous } = next.input;
    if (previous === null) throw new Error('The user builds on no mask.');
    expect(dice(toldOf(next), previous)).toBeGreaterThan(0.95);
  });
});
