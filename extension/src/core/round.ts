/**
 * The loop: slice -> crop -> tensor -> encoder -> prompt stage -> samples -> recommended mask and candidates; and back: answers ->
 * preference, prompts, previous mask -> the next round. The same input gives the same round, whatever is in the cache. Everything
 * here rejects with a `SpaError` where a user can mend it, and with the signal's reason when it was cancelled (checked between stages).
 */
import { acceptanceEvidence, evidenceOf, nextInput } from './answers';
import { assembleProposal } from './assemble';
import { insideImage, toSlice } from './crop';
import { drawRound, type Drawn } from './draw';
import { SpaError } from './error';
import { findView, type View } from './look';
import type { Network } from './network';
import { preferenceEngine } from './preference/choose-engine';
import type { Evidence, Learning } from './preference/engine';
import { positionsOf, type Prompt } from './prompts';
import type { Answer, Round, RoundInput } from './proposal';
import { seededRandom } from './random';
import type { RoundCache } from './round-cache';
import { meanMap } from './samples';
import type { Slice } from './slice';
import { STREAM, type Stage } from './stages';
import { uncertaintyOnSlice, type UncertaintyValues } from './uncertainty';

/** The first round on a slice, or any round from its input alone. */
export async function propose(
  network: Network,
  slice: Slice,
  input: RoundInput,
  cache: RoundCache,
  signal?: AbortSignal,
): Promise<Round> {
  if (!positionsOf(input.prompts).every(position => insideImage(slice, position))) {
    throw new SpaError('prompt-outside');
  }
  const stage: Stage = { network, slice, cache, signal };
  signal?.throwIfAborted();
  const view: View = input.crop === null ? await findView(stage, input) : fixedView(input.crop);
  const drawn = await drawRound(stage, input, view);
  signal?.throwIfAborted();
  const { crop } = view;
  const proposal = assembleProposal(slice, input, crop, drawn, network.description.threshold);
  const acceptance = acceptanceEvidence({ crop, proposal }, slice, drawn.samples.size);
  return { input, crop, proposal, ifAccepted: learn(stage, drawn, [acceptance], input.seed).preference };
}

/** Learns from the answers, given in order to `round`, and proposes anew. Throws `RangeError` for a candidate that is not there. */
export async function answer(
  network: Network,
  slice: Slice,
  round: Round,
  answers: readonly Answer[],
  cache: RoundCache,
  signal?: AbortSignal,
): Promise<Round> {
  const stage: Stage = { network, slice, cache, signal };
  const { size, learnt } = await learnFrom(stage, round, answers);
  const clicks = learnt.clicks.map((click): Prompt => {
    const at = toSlice(round.crop, slice, size, click.u, click.v);
    return { kind: 'point', at, positive: click.positive };
  });
  const input = nextInput(
    round,
    answers,
    slice,
    network.description.structureFraction,
    learnt.preference,
    clicks,
  );
  return propose(network, slice, input, cache, signal);
}

/** How undecided the round's samples are at each pixel of its crop. */
export async function uncertainty(
  network: Network,
  slice: Slice,
  round: Round,
  cache: RoundCache,
  signal?: AbortSignal,
): Promise<UncertaintyValues> {
  const { samples } = await drawRound({ network, slice, cache, signal }, round.input, fixedView(round.crop));
  return uncertaintyOnSlice({ size: samples.size, values: meanMap(samples) }, round.crop, slice);
}

function fixedView(crop: View['crop']): View {
  return { crop, conditioning: null };
}

async function learnFrom(
  stage: Stage,
  round: Round,
  answers: readonly Answer[],
): Promise<{ readonly size: number; readonly learnt: Learning }> {
  const size = stage.network.description.inputSize;
  const evidence = evidenceOf(round, answers, stage.slice, size);
  // A field of view set by hand teaches nothing: what the round was drawn from stays as it is.
  if (evidence.length === 0) return { size, learnt: { preference: round.input.preference, clicks: [] } };
  const drawn = await drawRound(stage, round.input, fixedView(round.crop));
  return { size, learnt: learn(stage, drawn, evidence, round.input.seed) };
}

function learn(stage: Stage, drawn: Drawn, evidence: readonly Evidence[], seed: number): Learning {
  const engine = preferenceEngine(stage.network.description);
  return engine.learn(drawn.preference, drawn.samples, evidence, seededRandom(seed, STREAM.learning));
}
