import type { Engine, LoadedBundle } from '../../extension/src/inference/engine';
import { SwitchingEngine } from '../../extension/src/inference/switching-engine';
import { sampleBundle, sampleInput, sampleRound, sampleSlice } from './samples';

/** An engine whose loading the test ends, and whose rounds when it lets them. */
class HeldEngine implements Engine {
  disposed = 0;
  readonly loads: { resolve(bundle: LoadedBundle): void; reject(error: unknown): void }[] = [];
  readonly rounds: (() => void)[] = [];

  load(): Promise<LoadedBundle> {
    return new Promise((resolve, reject) => this.loads.push({ resolve, reject }));
  }
  propose() {
    return new Promise<typeof sampleRound>(resolve => this.rounds.push(() => resolve(sampleRound)));
  }
  answer() {
    return Promise.resolve(sampleRound);
  }
  uncertainty() {
    return Promise.resolve({ x: 0, y: 0, width: 0, height: 0, values: new Uint8Array() });
  }
  dispose() {
    this.disposed++;
  }
}

function setUp() {
  const made: HeldEngine[] = [];
  const engine = new SwitchingEngine(() => {
    const held = new HeldEngine();
    made.push(held);
    return held;
  });
  const load = (url: string) => engine.load(url, () => undefined);
  const nth = (index: number): HeldEngine => {
    const held = made[index];
    if (held === undefined) throw new Error(`No engine ${index} was made.`);
    return held;
  };
  return { engine, load, made, nth };
}

async function loaded() {
  const all = setUp();
  const first = all.load('a');
  all.nth(0).loads[0]?.resolve(sampleBundle);
  await first;
  return all;
}

describe('an engine that changes its bundle', () => {
  it('works with the old one until the new one is ready', async () => {
    const { engine, load, nth } = await loaded();
    const switching = load('b');
    void engine.propose(sampleSlice(), sampleInput);
    expect(nth(0).rounds).toHaveLength(1);
    expect(nth(0).disposed).toBe(0);
    nth(0).rounds[0]?.();
    nth(1).loads[0]?.resolve({ ...sampleBundle, name: 'other' });
    await expect(switching).resolves.toMatchObject({ name: 'other' });
    void engine.propose(sampleSlice(), sampleInput);
    expect(nth(1).rounds).toHaveLength(1);
  });

  it('ends the old one with its last request', async () => {
    const { engine, load, nth } = await loaded();
    const round = engine.propose(sampleSlice(), sampleInput);
    const switching = load('b');
    nth(1).loads[0]?.resolve(sampleBundle);
    await switching;
    expect(nth(0).disposed).toBe(0);
    nth(0).rounds[0]?.();
    await round;
    expect(nth(0).disposed).toBe(1);
  });

  it('keeps the old one when the new one fails', async () => {
    const { engine, load, nth } = await loaded();
    const switching = load('b');
    nth(1).loads[0]?.reject(new Error('not there'));
    await expect(switching).rejects.toThrow('not there');
    expect([nth(0).disposed, nth(1).disposed]).toEqual([0, 1]);
    void engine.propose(sampleSlice(), sampleInput);
    expect(nth(0).rounds).toHaveLength(1);
  });

  it('stops loading one when yet another is asked for', async () => {
    const { load, nth } = await loaded();
    const second = load('b');
    const third = load('c');
    expect(nth(1).disposed).toBe(1);
    nth(1).loads[0]?.resolve(sampleBundle);
    await expect(second).rejects.toThrow('Another bundle');
    nth(2).loads[0]?.resolve({ ...sampleBundle, name: 'third' });
    await expect(third).resolves.toMatchObject({ name: 'third' });
    expect(nth(0).disposed).toBe(1);
  });

  it('loads a first bundle again that has failed, with the same engine', async () => {
    const { load, made, nth } = setUp();
    const first = load('a');
    nth(0).loads[0]?.reject(new Error('not there'));
    await expect(first).rejects.toThrow();
    void load('b');
    expect(made).toHaveLength(1);
    expect(nth(0).loads).toHaveLength(2);
  });

  it('asks for the bundle that it has without changing anything', async () => {
    const { load, made, nth } = await loaded();
    void load('a');
    expect(made).toHaveLength(1);
    expect(nth(0).loads).toHaveLength(2);
  });

  it('ends all of them when it is disposed of', async () => {
    const { engine, load, nth } = await loaded();
    void load('b').catch(() => undefined);
    engine.dispose();
    expect([nth(0).disposed, nth(1).disposed]).toEqual([1, 1]);
  });
});
