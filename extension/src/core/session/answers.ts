/** What answers mean: as evidence for the preference, and as the input of the next round. */
import { toModel, type Grid } from '../image/crop';
import { maskOnCrop } from '../image/crop-map';
import { laterLook } from '../view/field-of-view';
import { boundsOf, type Mask } from '../image/mask';
import type { Evidence } from '../preference/engine';
import type { Preference } from '../preference/preference';
import { hintsOf, type Prompt } from '../prompts/prompts';
import { wideOfTheMark } from '../view/wide-of-the-mark';
import type { Answer, Round } from '../proposal/proposal';
import type { Candidate } from '../candidates/candidate';
import type { RoundInput } from '../sampling/round-input';
import { deriveSeed } from '../random';

/** Of a line so many points count: it is one statement, however long. */
const MARKS_OF_LINE = 5;

/** What the answers say of how this user draws, on the model's grid. A field of view says nothing of it, nor does a box. */
export function evidenceOf(round: Round, answers: readonly Answer[], grid: Grid, size: number): Evidence[] {
  return answers.flatMap((answer): Evidence[] => {
    if (answer.kind === 'choose') {
      const { otherStructure } = candidateAt(round, answer.candidate);
      return otherStructure === true ? [] : [choiceEvidence(round, answer.candidate, grid, size)];
    }
    if (answer.kind === 'crop') return [];
    const { prompt } = answer;
    if (prompt.kind === 'box') return [];
    const hints = hintsOf([prompt]);
    const step = Math.max(1, Math.ceil(hints.length / MARKS_OF_LINE));
    const at = hints
      .filter((_, i) => i % step === 0)
      .map(hint => {
        const { x, y } = toModel(round.crop, grid, size, hint.at);
        return { u: x, v: y };
      });
    return [{ kind: 'marks', at, positive: prompt.positive }];
  });
}

/** Accepting is choosing the recommended mask among all that was on offer. */
export function acceptanceEvidence(
  round: Pick<Round, 'crop' | 'proposal'>,
  grid: Grid,
  size: number,
): Evidence {
  const { recommended, candidates } = round.proposal;
  return {
    kind: 'choice',
    chosen: maskOnCrop(recommended.mask, round.crop, grid, size),
    others: candidates.map(candidate => maskOnCrop(candidate.mask, round.crop, grid, size)),
  };
}

/**
 * The next round's input. `clicks` are those that the preference engine derived from the answers; without a `structureFraction` the field
 * of view stays as it is.
 */
export function nextInput(
  round: Round,
  answers: readonly Answer[],
  grid: Grid,
  structureFraction: number | null,
  preference: Preference,
  clicks: readonly Prompt[],
): RoundInput {
  const { input, proposal } = round;
  let previous: Mask | null = input.previous;
  let chosen = false;
  let prompts = input.prompts;
  let crop = round.crop;
  let byHand = input.cropByHand ?? false;
  for (const answer of answers) {
    if (answer.kind === 'choose') {
      previous = candidateAt(round, answer.candidate).mask;
      chosen = true;
    } else if (answer.kind === 'prompt') {
      prompts = [...prompts, answer.prompt];
      // A click corrects what is on show: the candidate chosen just before, else the recommended mask.
      if (!chosen) previous = proposal.recommended.mask;
    } else {
      crop = answer.crop;
      byHand = true;
    }
  }
  prompts = [...prompts, ...clicks];
  const next = {
    prompts,
    preference,
    seed: deriveSeed(input.seed, 0),
    first: input.first ?? { input, crop: round.crop },
  };
  const last = answers.at(-1);
  // On a mask that was mended before the user has built: that is not thrown away. One that was only chosen may be of another structure, too.
  const mended = input.previous !== null && input.prompts.length > next.first.input.prompts.length;
  const engineLooks = structureFraction !== null && !byHand && !mended;
  if (
    engineLooks &&
    last?.kind === 'prompt' &&
    previous !== null &&
    wideOfTheMark(last.prompt, previous, grid)
  ) {
    return { ...next, previous: null, crop: null, contradicted: previous };
  }
  const bounds = previous === null ? null : boundsOf(previous);
  return {
    ...next,
    previous,
    crop:
      structureFraction === null ? crop : laterLook(crop, prompts, bounds, grid, structureFraction, byHand),
    cropByHand: byHand,
  };
}

function choiceEvidence(round: Round, index: number, grid: Grid, size: number): Evidence {
  const chosen = candidateAt(round, index);
  const rejected = round.proposal.candidates.filter(candidate => candidate !== chosen);
  const onCrop = (mask: Mask): Float32Array => maskOnCrop(mask, round.crop, grid, size);
  return {
    kind: 'choice',
    chosen: onCrop(chosen.mask),
    members: chosen.members,
    others: [round.proposal.recommended.mask, ...rejected.map(candidate => candidate.mask)].map(onCrop),
  };
}

function candidateAt(round: Round, index: number): Candidate {
  const candidate = round.proposal.candidates[index];
  if (candidate === undefined) {
    throw new RangeError(
      `The round has ${round.proposal.candidates.length} candidates; there is no index ${index}.`,
    );
  }
  return candidate;
}
