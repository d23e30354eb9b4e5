import type { Features } from '../network/network';
import type { Drawn } from './drawn';

/**
 * Encoder outputs: going back and forth between two fields of view, or undoing one, encodes nothing anew. A field of view has two outputs where
 * the network is also asked in the mirror.
 */
const FEATURES_KEPT = 4;
/** Samples of the last rounds (1.8 MB each at 48 of 96 x 96): an answer to one of them decodes nothing anew. */
const ROUNDS_KEPT = 4;

/** What may be thrown away at any time: it is computed again from slice and round input. One for one network. */
export class RoundCache {
  readonly features = new BoundedCache<Features>(FEATURES_KEPT, features => features.release());
  readonly rounds = new BoundedCache<Drawn>(ROUNDS_KEPT, () => undefined);

  /** Releases everything: before the network goes away. */
  clear(): void {
    this.features.clear();
    this.rounds.clear();
  }
}

/** Keeps the values used last; `drop` is called for each that leaves. */
export class BoundedCache<Value> {
  private readonly entries = new Map<string, Value>();

  constructor(
    private readonly capacity: number,
    private readonly drop: (value: Value) => void,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get(key: string): Value | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    const before = this.entries.get(key);
    this.entries.delete(key);
    if (before !== undefined && before !== value) this.drop(before);
    this.entries.set(key, value);
    for (const [oldest, old] of this.entries) {
      if (this.entries.size <= this.capacity) break;
      this.entries.delete(oldest);
      this.drop(old);
    }
  }

  clear(): void {
    const values = [...this.entries.values()];
    this.entries.clear();
    for (const value of values) this.drop(value);
  }
}
