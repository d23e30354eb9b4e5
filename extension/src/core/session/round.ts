/**
 * The loop: slice -> crop -> tensor -> encoder -> prompt stage -> samples -> recommended mask and candidates; and back: answers ->
 * preference, prompts, previous mask -> the next round. The same input gives the same round, whatever is in the cache. Everything
 * here rejects with a `SpaError` where a user can mend it, and with the signal's reason when it was cancelled (checked between stages).
 */
import { acceptanceEvidence, evidenceOf, nextInput } from './answers';
import { assembleProposal } from '../proposal/assemble';
import { assembleMasks } from '../proposal/assemble-masks';
import { assemblePublished } from '../proposal/assemble-published';
import { maskOnCrop } from '../image/crop-map';
import { isUniform } from '../image/image-tensor';
import { boundsOf } from '../image/mask';
import { insideImage, toSlice, wholeSlice } from '../image/crop';
import { drawRound } from '../sampling/draw';
import type { Drawn } from '../sampling/drawn';
import { SpaError } from '../error';
import { marginRule, withAcceptedMargin } from '../recommended/learnt-margin';
import { lookAround } from '../view/field-of-view';
import { findView, fixedView, type View } from '../view/look';
import type { Network, NetworkDescription } from '../network/network';
import { preferenceEngine } from '../preference/choose-engine';
import type { Evidence, Learning } from '../preference/engine';
import type { Preference } from '../preference/preference';
import { positionsOf, type Prompt } from '../prompts/prompts';
import type { Answer, Proposal, Round } from '../proposal/proposal';
import type { RoundInput } from '../sampling/round-input';
import { seededRandom } from '../random';
import { refinedBy } from '../proposal/refined-by';
import type { RoundCache } from '../sampling/round-cache';
import { meanMap } from '../network/samples';
import type { Slice } from '../image/slice';
import { STREAM, type Stage } from '../sampling/stages';
import { uncertaintyOnSlice, type UncertaintyValues } from '../proposal/uncertainty';

/** Half of the samples say inside. */
const MIDDLE = 0.5;

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
  // A model has an answer also to what shows nothing.
  if (isUniform(slice)) throw new SpaError('nothing-found');
  const stage: Stage = { network, slice, cache, signal };
  signal?.throwIfAborted();
  const view = await viewOf(stage, input);
  const drawn = await drawRound(stage, input, view.crop);
  signal?.throwIfAborted();
  const { crop } = view;
  const proposal = assemble(network.description, slice, input, view, drawn);
  return {
    input,
    crop,
    proposal,
    ifAccepted: await afterAcceptance(stage, { input, crop, proposal }, drawn),
  };
}

/** What accepting the recommended mask would teach. */
async function afterAcceptance(
  stage: Stage,
  { input, crop, proposal }: Pick<Round, 'input' | 'crop' | 'proposal'>,
  drawn: Drawn,
): Promise<Preference> {
  const { network, slice } = stage;
  const engine = preferenceEngine(network.description);
  if (engine.accept === undefined) {
    const acceptance = acceptanceEvidence({ crop, proposal }, slice, drawn.samples.size);
    return learn(stage, drawn, [acceptance], input.seed).preference;
  }
  const first = input.first ?? { input, crop };
  const { samples, prior } =
    input.first === undefined ? drawn : await drawRound(stage, first.input, first.crop);
  const accepted = maskOnCrop(proposal.recommended.mask, first.crop, slice, samples.size);
  const judged = prior === samples ? [samples] : [samples, prior];
  const learnt = engine.accept(input.preference, judged, accepted);
  if (network.description.engine !== 'bayes') return learnt;
  return withAcceptedMargin(learnt, accepted, judged, first, slice, network.description);
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
  const { description } = network;
  const size = description.outputSize;
  const learnt = await learnFrom(stage, round, answers);
  const clicks = learnt.clicks
    .map((click): Prompt => {
      const at = toSlice(round.crop, slice, size, click.u, click.v);
      return { kind: 'point', at, positive: click.positive };
    })
    // A square model sees more than the image: nothing beside it can be meant.
    .filter(click => positionsOf([click]).every(position => insideImage(slice, position)));
  const next = nextInput(
    round,
    answers,
    slice,
    description.engine === 'bayes' ? description.structureFraction : null,
    learnt.preference,
    clicks,
  );
  const refined = next.previous === null ? null : await refinedBy(stage, round, answers);
  return propose(network, slice, refined === null ? next : { ...next, refined }, cache, signal);
}

/** How undecided the round's samples are at each pixel of its crop. */
export async function uncertainty(
  network: Network,
  slice: Slice,
  round: Round,
  cache: RoundCache,
  signal?: AbortSignal,
): Promise<UncertaintyValues> {
  const { input, crop } = round;
  const { samples } = await drawRound({ network, slice, cache, signal }, input, crop);
  const { size } = samples;
  const moved = marginRule(input, crop, slice, size)(meanMap(samples), MIDDLE);
  return uncertaintyOnSlice({ size, values: moved }, crop, slice);
}

function viewOf(stage: Stage, input: RoundInput): Promise<View> | View {
  const { network, slice } = stage;
  const { description } = network;
  const { crop, followed, prompts } = input;
  if (description.engine !== 'bayes') return fixedView(wholeSlice(slice));
  if (crop !== null) return fixedView(crop);
  const expected = followed === undefined ? null : boundsOf(followed);
  if (expected === null) return findView(stage, input, description);
  return fixedView(lookAround(expected, prompts, slice, description.structureFraction));
}

function assemble(
  description: NetworkDescription,
  slice: Slice,
  input: RoundInput,
  view: View,
  drawn: Drawn,
): Proposal {
  const { crop } = view;
  switch (description.engine) {
    case 'bayes':
      return assembleProposal(slice, input, view, drawn, description.threshold);
    case 'reference':
      return assemblePublished(slice, input, crop, drawn, description);
    case 'sam':
      return assembleMasks(slice, input, crop, drawn, description);
  }
}

async function learnFrom(stage: Stage, round: Round, answers: readonly Answer[]): Promise<Learning> {
  const evidence = evidenceOf(round, answers, stage.slice, stage.network.description.outputSize);
  // A field of view set by hand teaches nothing: what the round was drawn from stays as it is.
  if (evidence.length === 0) return { preference: round.input.preference, clicks: [] };
  const drawn = await drawRound(stage, round.input, round.crop);
  return learn(stage, drawn, evidence, round.input.seed);
}

function learn(stage: Stage, drawn: Drawn, evidence: readonly Evidence[], seed: number): Learning {
  const engine = preferenceEngine(stage.network.description);
  return engine.learn(drawn.preference, drawn.samples, evidence, seededRandom(seed, STREAM.learning));
}
