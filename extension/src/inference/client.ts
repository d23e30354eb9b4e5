import { reasonOf, SpaError } from '../core/error';
import type { Answer, Round } from '../core/proposal/proposal';
import type { RoundInput } from '../core/sampling/round-input';
import type { Slice } from '../core/image/slice';
import type { UncertaintyValues } from '../core/proposal/uncertainty';
import type { Engine, LoadedBundle, LoadProgress } from './engine';
import { movable } from './protocol';
import { SentSlices } from './sent-slices';
import { Connection, PATIENCE, type EngineWorker } from './connection';
import { reasons } from '../text';

/** One worker's life: it loads one bundle and ends with its first failure to load, its crash or `dispose`. */
interface Life {
  readonly connection: Connection;
  readonly bundleUrl: string;
  readonly loaded: Promise<LoadedBundle>;
  readonly listeners: Set<(progress: LoadProgress) => void>;
  readonly slices: SentSlices;
  /** Callers that wait for the bundle. */
  readonly waiting: Set<symbol>;
  /** Runs once none does any more. */
  grace: ReturnType<typeof setTimeout> | undefined;
}

/**
 * The engine as a worker behind promises: the page's side. The worker is made when it is first needed, and again after a crash, an
 * exhausted memory or a failed load: what such a worker still holds is not to be trusted, and its memory only comes back with its end.
 */
export class EngineClient implements Engine {
  private life: Life | null = null;
  private bundleUrl: string | null = null;
  /** Of the bundle that was loaded from there. */
  private fingerprint: string | null = null;

  constructor(private readonly createWorker: () => EngineWorker) {}

  /** `bundleUrl`: the bundle's folder or its manifest.json, absolute or relative to the page. */
  async load(
    bundleUrl: string,
    onProgress: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<LoadedBundle> {
    signal?.throwIfAborted();
    // The worker has an address of its own.
    const absolute = new URL(bundleUrl, globalThis.location?.href).href;
    if (this.life !== null && this.life.bundleUrl !== absolute) this.dispose();
    this.bundleUrl = absolute;
    this.fingerprint = null;
    const life = this.start();
    life.listeners.add(onProgress);
    try {
      const bundle = await ready(life, signal);
      this.fingerprint = bundle.fingerprint;
      return bundle;
    } finally {
      life.listeners.delete(onProgress);
    }
  }

  propose(slice: Slice, input: RoundInput, signal?: AbortSignal): Promise<Round> {
    return this.ask(slice, signal, (connection, key) =>
      connection.request<'propose'>({ kind: 'propose', key, input }, signal),
    );
  }

  answer(slice: Slice, round: Round, answers: readonly Answer[], signal?: AbortSignal): Promise<Round> {
    return this.ask(slice, signal, (connection, key) =>
      connection.request<'answer'>({ kind: 'answer', key, round, answers }, signal),
    );
  }

  uncertainty(slice: Slice, round: Round, signal?: AbortSignal): Promise<UncertaintyValues> {
    return this.ask(slice, signal, (connection, key) =>
      connection.request<'uncertainty'>({ kind: 'uncertainty', key, round }, signal),
    );
  }

  dispose(): void {
    this.life?.connection.close(new SpaError('worker-crashed', { reason: reasons.stopped }));
    this.life = null;
  }

  private async ask<T>(
    slice: Slice,
    signal: AbortSignal | undefined,
    request: (connection: Connection, key: string) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const life = this.start();
    const { fingerprint } = await ready(life, signal);
    // Rounds and what was learnt belong to the bundle that the page knows: a fresh worker may have found another one in its place.
    if (this.fingerprint !== null && fingerprint !== this.fingerprint) throw new SpaError('bundle-changed');
    const { send, forget } = life.slices.use(slice.key);
    if (forget !== null) life.connection.tell({ kind: 'forget', key: forget });
    if (send) life.connection.tell({ kind: 'slice', slice: movable(slice) });
    return request(life.connection, slice.key);
  }

  /** A page's security policy may forbid workers. */
  private freshWorker(): EngineWorker {
    try {
      return this.createWorker();
    } catch (cause) {
      const reason = reasonOf(cause);
      throw new SpaError('not-started', { reason }, { cause });
    }
  }

  /** The present worker, or a fresh one that loads the bundle. */
  private start(): Life {
    if (this.life !== null) return this.life;
    const { bundleUrl } = this;
    if (bundleUrl === null) throw new Error('Call load with the address of a bundle first.');
    const listeners: Life['listeners'] = new Set();
    const connection = new Connection(this.freshWorker(), () => {
      if (this.life?.connection === connection) this.life = null;
    });
    const loaded = connection.request<'load'>({ kind: 'load', bundleUrl }, undefined, progress => {
      for (const listener of listeners) listener(progress);
    });
    const life: Life = {
      connection,
      bundleUrl,
      loaded,
      listeners,
      slices: new SentSlices(),
      waiting: new Set(),
      grace: undefined,
    };
    // Whoever waits for it hears of the failure; here it only ends the worker.
    loaded.catch((error: unknown) => connection.close(error));
    this.life = life;
    return life;
  }
}

/**
 * The loaded bundle, or the signal's reason as soon as it is aborted. A load for which no one waits any more is stopped, but not at once: a click
 * is cancelled by the next one just before that asks, and a load begun anew at every click would never end.
 */
function ready(life: Life, signal: AbortSignal | undefined): Promise<LoadedBundle> {
  const waiter = Symbol();
  life.waiting.add(waiter);
  clearTimeout(life.grace);
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      life.waiting.delete(waiter);
      reject(signal?.reason);
      if (life.waiting.size > 0) return;
      life.grace = setTimeout(() => {
        life.connection.close(new DOMException('No one waits for the bundle any more.', 'AbortError'));
      }, PATIENCE);
    };
    signal?.addEventListener('abort', abort, { once: true });
    life.loaded.then(resolve, reject).finally(() => {
      life.waiting.delete(waiter);
      clearTimeout(life.grace);
      signal?.removeEventListener('abort', abort);
    });
  });
}
