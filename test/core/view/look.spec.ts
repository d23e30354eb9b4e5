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

  it('is none where a box says how large the structure is, clicks beside it or not', async () => {
    const network = fakeNetwork();
    const box = { kind: 'box', from: { x: 76, y: 56 }, to: { x: 104, y: 84 } } as const;
    const crop = await view(network, false, { prompts: [click, box] });
    expect(crop.side).toBeCloseTo(28 / fakeDescription.structureFraction, 6);
    expect(network.runs.encode).toBe(0);
  });

  it('trusts what looks show where none of them is as all clicks say', async () => {
    const crop = await view(fakeNetwork(), false, { prompts: [click, clickAt(87, 70, false)] });
    expect(crop.side).toBeGreaterThan(SUITABLE / 1.2);
    expect(crop.side).toBeLessThan(1.2 * SUITABLE);
  });

  it('trusts none that shows what a click says is outside, however well it agrees with others', async () => {
    // From near only the bright core is seen, from afar the body around it.
    const values = slice.values.map((_, i) => {
      const distance = Math.hypot((i % slice.width) - 90, Math.floor(i / slice.width) - 70);
      return distance <= 3 ? 1000 : distance <= 30 ? 440 : 0;
    });
    const layered = { ...slice, key: 'layered', values };
    const stage = { network: fakeNetwork(), slice: layered, cache: new RoundCache(), signal: undefined };
    const seen = async (...prompts: RoundInput['prompts']): Promise<number> =>
      (await findView(stage, input({ prompts }), fakeDescription)).crop.side;
    const core = clickAt(90, 70);
    expect(await seen(core)).toBeGreaterThan(120);
    expect(await seen(core, clickAt(100, 70, false))).toBeLessThan(30);
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
