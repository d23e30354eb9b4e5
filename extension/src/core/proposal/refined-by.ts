/** What the model said of the mask on which the next round builds: it takes it back with its doubts, as it saw masks in training. */
import { promptAnchors } from '../prompts/anchors';
import { recommendAt } from './assemble';
import { candidateMap, drawingRules } from '../candidates/propose-candidates';
import { drawRound } from '../sampling/draw';
import type { Answer, Round } from './proposal';
import { refinedMask, type RefinedMask, refinedProbabilities } from '../sampling/refined-mask';
import { marginRule } from '../recommended/learnt-margin';
import type { Stage } from '../sampling/stages';

type Choice = Extract<Answer, { readonly kind: 'choose' }>;

/** Null where the model takes the mask as it is on the slice. */
export async function refinedBy(
  stage: Stage,
  round: Round,
  answers: readonly Answer[],
): Promise<RefinedMask | null> {
  const { description } = stage.network;
  if (description.engine === 'reference') return null;
  const choice = answers.filter(answer => answer.kind === 'choose').at(-1);
  const corrects = answers.some(answer => answer.kind === 'prompt');
  if (choice === undefined && !corrects) return round.input.refined ?? null;
  return description.engine === 'bayes'
    ? refinedMean(stage, round, choice, description.threshold)
    : refinedSample(stage, round, choice, corrects);
}

/** Of the recommended mask, or of the chosen candidate; null for another structure, which the round's samples do not show. */
async function refinedMean(
  stage: Stage,
  { input, crop, proposal }: Round,
  choice: Choice | undefined,
  threshold: number,
): Promise<RefinedMask | null> {
  const { slice } = stage;
  const { samples } = await drawRound(stage, input, crop);
  const recommendation = recommendAt(slice, input, crop, samples, threshold);
  if (recommendation === null) return null;
  const border = marginRule(input, crop, slice, samples.size);
  if (choice === undefined) {
    return refinedProbabilities(border(recommendation.tidy, recommendation.threshold), crop);
  }
  const members = proposal.candidates[choice.candidate]?.members;
  if (members === undefined) return null;
  const anchors = promptAnchors(input.prompts, crop, slice, samples.size);
  const rules = drawingRules({ anchors, recommendation });
  return refinedProbabilities(border(candidateMap(samples, members, rules), rules.threshold), crop);
}

/** Masks that are one sample each: its logits. */
async function refinedSample(
  stage: Stage,
  { input, crop, proposal }: Round,
  choice: Choice | undefined,
  corrects: boolean,
): Promise<RefinedMask | null> {
  const mask = choice === undefined ? proposal.recommended : proposal.candidates[choice.candidate];
  const member = mask?.members?.[0];
  if (member === undefined) return null;
  const { samples, logits } = await drawRound(stage, input, crop);
  const pixels = samples.size ** 2;
  const own = logits.subarray(member * pixels, (member + 1) * pixels);
  return refinedMask(own, crop, choice !== undefined && !corrects);
}
