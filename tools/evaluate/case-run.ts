import { SpaError } from '../../extension/src/core/error';
import { dice, intersectionOverUnion, type Mask } from '../../extension/src/core/mask';
import type { Network } from '../../extension/src/core/network';
import { priorPreference } from '../../extension/src/core/preference/engine';
import type { Answer, Proposal, Round } from '../../extension/src/core/proposal';
import { answer, propose } from '../../extension/src/core/round';
import { RoundCache } from '../../extension/src/core/round-cache';
import type { Slice } from '../../extension/src/core/slice';
import {
  approvedDice,
  chooseOrClick,
  clickError,
  firstPrompt,
  type FirstPrompt,
  type Target,
} from './simulated-user';

export const methodNames = ['spa', 'clicks', 'mean'] as const;
export type MethodName = (typeof methodNames)[number];

/** The paper's number of rounds. */
export const rounds = 6;

/** What one method reached on one case, a value for each round. */
export interface Course {
  /** Of the recommended mask. */
  readonly dice: readonly number[];
  /** The best among recommended and candidates. */
  readonly best: readonly number[];
  /** Mean of 1 - IoU over all pairs of candidates; null where there are fewer than two. */
  readonly distinct: readonly (number | null)[];
}

/** What the user of each method answers to a proposal; null ends the case. */
const users: Readonly<Record<MethodName, (proposal: Proposal, target: Mask) => Answer | null>> = {
  spa: chooseOrClick,
  clicks: clickError,
  mean: () => null,
};

/**
 * All methods on one case. They share the first round, which depends on the first prompt alone. A method ends when its user approves; what
 * was reached then stands for the rounds that are left.
 */
export async function runCase(
  network: Network,
  slice: Slice,
  target: Target,
  seed: number,
  methods: readonly MethodName[],
  start: FirstPrompt = 'click',
): Promise<ReadonlyMap<MethodName, Course>> {
  const cache = new RoundCache();
  try {
    const first = await unlessNothing(
      propose(
        network,
        slice,
        {
          prompts: [firstPrompt(target, start)],
          previous: null,
          crop: null,
          preference: priorPreference(network.description),
          seed,
        },
        cache,
      ),
    );
    const courses = new Map<MethodName, Course>();
    for (const method of methods) {
      const course = new GrowingCourse(target.mask);
      let round: Round | null = first;
      for (let number = 1; number <= rounds; number++) {
        course.add(round?.proposal ?? null);
        if (round === null || number === rounds || course.lastDice >= approvedDice) break;
        const said = users[method](round.proposal, target.mask);
        if (said === null) break;
        // Where the model finds nothing any more the user stays with what there was.
        round = (await unlessNothing(answer(network, slice, round, [said], cache))) ?? round;
      }
      courses.set(method, course.complete());
    }
    return courses;
  } finally {
    cache.clear();
  }
}

async function unlessNothing(round: Promise<Round>): Promise<Round | null> {
  try {
    return await round;
  } catch (error) {
    if (error instanceof SpaError && error.code === 'nothing-found') return null;
    throw error;
  }
}

class GrowingCourse {
  private readonly dice: number[] = [];
  private readonly best: number[] = [];
  private readonly distinct: (number | null)[] = [];

  constructor(private readonly target: Mask) {}

  get lastDice(): number {
    return this.dice.at(-1) ?? 0;
  }

  /** `null`: the model proposed nothing. */
  add(proposal: Proposal | null): void {
    const masks = proposal?.candidates.map(candidate => candidate.mask) ?? [];
    const reached = proposal === null ? 0 : dice(proposal.recommended.mask, this.target);
    this.dice.push(reached);
    this.best.push(Math.max(reached, ...masks.map(mask => dice(mask, this.target))));
    this.distinct.push(meanDistance(masks));
  }

  complete(): Course {
    const fill = <T>(values: readonly T[]): T[] =>
      Array.from({ length: rounds }, (_, i) => values[Math.min(i, values.length - 1)] as T);
    return { dice: fill(this.dice), best: fill(this.best), distinct: fill(this.distinct) };
  }
}

function meanDistance(masks: readonly Mask[]): number | null {
  let sum = 0;
  let pairs = 0;
  masks.forEach((a, i) => {
    for (const b of masks.slice(i + 1)) {
      sum += 1 - intersectionOverUnion(a, b);
      pairs++;
    }
  });
  return pairs === 0 ? null : sum / pairs;
}
