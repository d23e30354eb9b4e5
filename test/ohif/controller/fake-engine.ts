import { encodeMask, type Mask } from '../../../extension/src/core/image/mask';
import type { Answer, Round } from '../../../extension/src/core/proposal/proposal';
import type { RoundInput } from '../../../extension/src/core/sampling/round-input';
import type { Slice } from '../../../extension/src/core/image/slice';
import type { UncertaintyValues } from '../../../extension/src/core/proposal/uncertainty';
import type { Engine, LoadedBundle, LoadProgress } from '../../../extension/src/inference/engine';
import { HEIGHT, WIDTH } from '../fake-viewer/images';

interface Pending {
  readonly what: 'load' | 'propose' | 'answer' | 'uncertainty';
  /** Of a load. */
  readonly url: string | null;
  readonly slice: Slice | null;
  readonly input: RoundInput | null;
  readonly answers: readonly Answer[];
  readonly signal: AbortSignal | undefined;
  progress(progress: LoadProgress): void;
  resolve(value: never): void;
  reject(error: unknown): void;
}

export const prior = {
  engine: 'bayes' as const,
  mixture: { weights: [1], means: [[0]], variances: [[1]] },
  answers: 0,
};

export const bundle: LoadedBundle = {
  name: 'default',
  version: '1.0.0',
  fingerprint: 'a1',
  license: 'Apache-2.0',
  modalities: ['CT'],
  backend: 'wasm',
  threads: 1,
  passedOver: null,
  network: { engine: 'bayes', latent: { prior: prior.mixture } } as unknown as LoadedBundle['network'],
};

/** An engine whose answers the test gives, when it wants to. */
export class FakeEngine implements Engine {
  readonly asked: Pending[] = [];
  disposed = 0;

  load(
    url: string,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadedBundle> {
    return this.ask({ what: 'load', url, progress: onProgress, signal });
  }

  propose(slice: Slice, input: RoundInput, signal?: AbortSignal): Promise<Round> {
    return this.ask({ what: 'propose', slice, input, signal });
  }

  answer(slice: Slice, round: Round, answers: readonly Answer[], signal?: AbortSignal): Promise<Round> {
    return this.ask({ what: 'answer', slice, input: round.input, answers, signal });
  }

  uncertainty(slice: Slice, round: Round, signal?: AbortSignal): Promise<UncertaintyValues> {
    return this.ask({ what: 'uncertainty', slice, input: round.input, signal });
  }

  dispose(): void {
    this.disposed++;
  }

  get last(): Pending {
    const last = this.asked.at(-1);
    if (last === undefined) throw new Error('The engine was asked nothing.');
    return last;
  }

  async respond(value: LoadedBundle | Round | UncertaintyValues, to: Pending = this.last): Promise<void> {
    to.resolve(value as never);
    await settled();
  }

  async refuse(error: unknown, to: Pending = this.last): Promise<void> {
    to.reject(error);
    await settled();
  }

  private ask<T>(asked: Partial<Pending>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.asked.push({
        what: 'load',
        url: null,
        slice: null,
        input: null,
        answers: [],
        signal: undefined,
        progress: () => undefined,
        ...asked,
        resolve,
        reject,
      } as Pending);
    });
  }
}

/** All that promises still have to do. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

const statistics = { unit: 'mm' as const, area: 1, longestDiameter: 1, perpendicularDiameter: 1 };

export function pixels(...indices: readonly number[]): Mask {
  const grid = Array.from({ length: WIDTH * HEIGHT }, (_, i) => (indices.includes(i) ? 1 : 0));
  return encodeMask(grid, WIDTH, HEIGHT);
}

/** A round that recommends `recommended` (pixel indices) and offers `candidates`. */
export function round(
  input: RoundInput | null,
  recommended: readonly number[],
  candidates: number[][] = [],
): Round {
  if (input === null) throw new Error('A round answers a request.');
  return {
    input,
    crop: { centre: { x: 4, y: 3 }, side: 6 },
    proposal: {
      recommended: { mask: pixels(...recommended), statistics, certainShare: 0.5 },
      candidates: candidates.map(candidate => ({
        mask: pixels(...candidate),
        statistics,
        areaDifferencePercent: 10,
        share: 0.2,
      })),
      tendency: null,
    },
    ifAccepted: { ...input.preference, answers: input.preference.answers + 1 },
  };
}
