/** How many slices a worker holds; a reader goes back and forth between few. */
const mostSlices = 8;

/** Which slices the present worker has, the one used last at the end. */
export class SentSlices {
  private readonly keys = new Set<string>();

  /** Notes the use of a slice. Says whether it must be sent first, and which one makes room for it. */
  use(key: string): { readonly send: boolean; readonly forget: string | null } {
    const send = !this.keys.delete(key);
    this.keys.add(key);
    const [oldest] = this.keys;
    if (oldest === undefined || this.keys.size <= mostSlices) return { send, forget: null };
    this.keys.delete(oldest);
    return { send, forget: oldest };
  }
}
