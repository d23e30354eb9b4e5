import type { Crop } from '../../../extension/src/core/image/crop';
import { encodeMask } from '../../../extension/src/core/image/mask';
import type { Conditioning } from '../../../extension/src/core/network/network';
import { RoundCache } from '../../../extension/src/core/sampling/round-cache';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import { findView } from '../../../extension/src/core/view/look';
import { clickAt, input, slice } from '../a-blob-to-segment';
import { fakeDescription, fakeNetwork, type FakeNetwork } from '../network/fake-network';

/** Left of the blob's middle: in the mirror the brighter half is on the other side. */
const click = clickAt(84, 70);
/** Drawn at half its brightness the blob is 25 mm wide, and fills .4 of this. */
const SUITABLE = 62.5;

async function view(
  network: FakeNetwork,
  mirrored: boolean,
  change: Partial<RoundInput> = {},
): Promise<Crop> {
  const stage = { network, slice, cache: new RoundCache(), signal: undefined };
  const asked = input({ prompts: [click], seed: 3, ...change });
  return (await findView(stage, asked, { ...fakeDescription, mirrored })).crop;
}

/** Seen as it is, every other look shows far more than the blob; in the mirror all show the same. */
function undecidedNetwork(): FakeNetwork {
  const network = fakeNetwork();
  const { decode } = network;
  let looks = 0;
  network.decode = async (conditioning, latents) => {
    if (isMirrored(conditioning)) return decode(conditioning, latents);
    const { clicked } = conditioning as Conditioning & { clicked: number };
    const share = looks++ % 2 === 0 ? 0.9 : 0.05;
    return decode({ ...conditioning, clicked: clicked * share } as Conditioning, latents);
  };
  return network;
}

function isMirrored(conditioning: Conditioning): boolean {
  const { image } = conditioning as Conditioning & { image: Float32Array };
  const size = fakeDescription.inputSize;
  const half = (left: boolean): number =>
    image.reduce((sum, value, i) => (i % size < size / 2 === left ? sum + value : sum), 0);
  return half(true) > half(false);
}

describe('a look around', () => {
  it('leaves the mirror image alone where neighbouring looks agree', async () => {
    const [plain, mirroring] = [fakeNetwork(), fakeNetwork()];
    expect(await view(mirroring, true)).toEqual(await view(plain, false));
    expect(mirroring.runs.encode).toBe(plain.runs.encode);
  });

  it('asks the mirror image as well where they leave it open which structure is meant', async () => {
    const network = undecidedNetwork();
    const crop = await view(network, true);
    expect(crop.side).toBeGreaterThan(SUITABLE / 1.2);
    expect(crop.side).toBeLessThan(1.2 * SUITABLE);
    const plain = undecidedNetwork();
    const without = await view(plain, false);
    expect(without.side).toBeGreaterThan(1.5 * SUITABLE);
    expect(network.runs.encode).toBe(2 * plain.runs.encode);
  });

  it('asks it where what was shown was corrected, however well looks agree', async () => {
    const [first, again] = [fakeNetwork(), fakeNetwork()];
    await view(first, true);
    const contradicted = encodeMask(new Uint8Array(200 * 160).fill(1, 40, 50), 200, 160);
    await view(again, true, { contradicted });
    expect(again.runs.encode).toBe(2 * first.runs.encode);
  });

  it('holds nothing of it afterwards', async () => {
    const network = undecidedNetwork();
    await view(network, true);
    expect(network.held.conditionings).toBe(0);
  });
});
