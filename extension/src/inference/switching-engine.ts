import type { Answer, Round } from '../core/proposal/proposal';
import type { RoundInput } from '../core/sampling/round-input';
import type { Slice } from '../core/image/slice';
import type { UncertaintyValues } from '../core/proposal/uncertainty';
import type { Engine, LoadedBundle, LoadProgress } from './engine';

/** An engine with the bundle that it has or gets. */
interface Holder {
  readonly engine: Engine;
  /** Null until its bundle is loaded. */
  url: string | null;
  /** Requests in work. */
  busy: number;
  /** Another has taken its place: it ends with its last request. */
  retired: boolean;
}

/**
 * Changes from one bundle to another without losing the first: the other is loaded beside it and takes its place once it is ready. Until then,
 * and when it fails or is cancelled, the first stays in work.
 */
export class SwitchingEngine implements Engine {
  private present: Holder | null = null;
  private next: Engine | null = null;

  constructor(private readonly create: () => Engine) {}

  async load(
    bundleUrl: string,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadedBundle> {
    const { present } = this;
    this.next?.dispose();
    this.next = null;
    if (present !== null && present.url !== null && present.url !== bundleUrl) {
      return this.change(bundleUrl, onProgress, signal);
    }
    const holder = (this.present ??= { engine: this.create(), url: null, busy: 0, retired: false });
    const bundle = await holder.engine.load(bundleUrl, onProgress, signal);
    holder.url = bundleUrl;
    return bundle;
  }

  propose(slice: Slice, input: RoundInput, signal?: AbortSignal): Promise<Round> {
    return this.ask(engine => engine.propose(slice, input, signal));
  }

  answer(slice: Slice, round: Round, answers: readonly Answer[], signal?: AbortSignal): Promise<Round> {
    return this.ask(engine => engine.answer(slice, round, answers, signal));
  }

  uncertainty(slice: Slice, round: Round, signal?: AbortSignal): Promise<UncertaintyValues> {
    return this.ask(engine => engine.uncertainty(slice, round, signal));
  }

  dispose(): void {
    this.next?.dispose();
    this.next = null;
    this.present?.engine.dispose();
  }

  private async change(
    bundleUrl: string,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal | undefined,
  ): Promise<LoadedBundle> {
    const engine = this.create();
    this.next = engine;
    try {
      const bundle = await engine.load(bundleUrl, onProgress, signal);
      if (this.next !== engine) throw new DOMException('Another bundle was asked for.', 'AbortError');
      const before = this.present;
      this.present = { engine, url: bundleUrl, busy: 0, retired: false };
      if (before !== null) retire(before);
      return bundle;
    } catch (error) {
      engine.dispose();
      throw error;
    } finally {
      if (this.next === engine) this.next = null;
    }
  }

  private async ask<T>(request: (engine: Engine) => Promise<T>): Promise<T> {
    const holder = this.present;
    if (holder === null) throw new Error('Call load with the address of a bundle first.');
    holder.busy++;
    try {
      return await request(holder.engine);
    } finally {
      holder.busy--;
      if (holder.retired) retire(holder);
    }
  }
}

function retire(holder: Holder): void {
  holder.retired = true;
  if (holder.busy === 0) holder.engine.dispose();
}
