import type { Conditioning, Features } from '../core/network/network';
import type { Tensors } from './runtime';

/** Tensors of one stage, kept where the runtime computed them. */
export class Held implements Features, Conditioning {
  private held: Tensors | null;

  constructor(tensors: Tensors) {
    this.held = tensors;
  }

  get tensors(): Tensors {
    if (this.held === null) throw new Error('These tensors were released: keep them until the last use.');
    return this.held;
  }

  release(): void {
    for (const tensor of Object.values(this.held ?? {})) tensor.dispose();
    this.held = null;
  }
}

export function tensorsOf(handle: Features | Conditioning): Tensors {
  if (handle instanceof Held) return handle.tensors;
  throw foreign();
}

export function foreign(): TypeError {
  return new TypeError('These tensors are not from this network.');
}
