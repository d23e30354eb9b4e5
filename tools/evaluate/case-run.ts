import type { Network } from '../../extension/src/core/network/network';
import type { Mask } from '../../extension/src/core/image/mask';
import { priorPreference } from '../../extension/src/core/preference/engine';
import type { Answer, Proposal, Round } from '../../extension/src/core/proposal/proposal';
import { RoundCache } from '../../extension/src/core/sampling/round-cache';
import { cardsOf, type Cards } from './cards';
import type { Case } from './cases';
import type { HeardClick } from './clicks-heard';
import { contradict } from './contradiction';
import { GrowingCourse, rounds, type Course } from './course';
import { answerUnlessNothing, proposeUnlessNothing } from './nothing-found';
import {
  approvedDice,
  chooseOrClick,
  clickError,
  firstClick,
  firstPrompt,
  type FirstPrompt,
} from './simulated-user';

export const methodNames = ['spa', 'clicks', 'mean'] as const;
export type MethodName = (typeof methodNames)[number];

/** What the user of each method answers to a proposal; null ends the case. */
const users: Readonly<Record<MethodName, (proposal: Proposal, target: Mask) => Answer | null>> = {
  spa: chooseOrClick,
  clicks: clickError,
  mean: () => null,
};

export interface CaseOptions {
  readonly methods: readonly MethodName[];
  /** With what the user starts. */
  readonly first: FirstPrompt;
  /** Whether the user goes back on what was said when the work has come to its end. */
  readonly contradict: boolean;
}

export interface CaseResult {
  readonly courses: readonly (readonly [MethodName, Course])[];
  /** Of the first proposal, which all methods share. */
  readonly cards: Cards;
  /** After the first of the methods; empty where that was not asked for. */
  readonly contradictions: readonly HeardClick[];
}

/**
 * All methods on one case. They share the first round, which depends on the first prompt alone. A method ends when its user approves; what
 * was reached then stands for the rounds that are left.
 */
export async function runCase(
  network: Network,
  { slice, target, seed, agreement }: Case,
  options: CaseOptions,
): Promise<CaseResult> {
  const cache = new RoundCache();
  try {
    const input = {
      prompts: [firstPrompt(target, options.first)],
      previous: null,
      crop: null,
      preference: priorPreference(network.description),
      seed,
    };
    const first = await proposeUnlessNothing(network, slice, input, cache);
    const courses: [MethodName, Course][] = [];
    const ends: (Round | null)[] = [];
    for (const method of options.methods) {
      const course = new GrowingCourse(target.mask);
      let round: Round | null = first;
      for (let number = 1; number <= rounds; number++) {
        course.add(round?.proposal ?? null);
        if (round === null || number === rounds || course.lastDice >= approvedDice) break;
        const said = users[method](round.proposal, target.mask);
        if (said === null) break;
        const next: Round | null = await answerUnlessNothing(network, slice, round, said, cache);
        course.hear(said, round.proposal, next?.proposal ?? null);
        round = next ?? round;
      }
      courses.push([method, course.complete()]);
      ends.push(round);
    }
    const end = options.contradict ? (ends[0] ?? first) : null;
    return {
      courses,
      cards: cardsOf(first?.proposal ?? null, agreement),
      contradictions: end === null ? [] : await contradict(network, slice, end, firstClick(target), cache),
    };
  } finally {
    cache.clear();
  }
}
