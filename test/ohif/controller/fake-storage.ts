/** What of `Storage` is used: what the browser keeps, for all of its pages. */
export class FakeStorage implements Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  /** Another page writes what it makes of the first item, or removes it (null), and the browser tells this page of it. */
  changeElsewhere(change: (value: string) => string | null): void {
    const [key, value] = [...this.items.entries()][0] ?? [];
    if (key === undefined || value === undefined) throw new Error('nothing was kept');
    const now = change(value);
    if (now === null) this.items.delete(key);
    else this.items.set(key, now);
    window.dispatchEvent(new StorageEvent('storage', { key }));
  }
}
