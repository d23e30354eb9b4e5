import { BoundedCache } from '../../../extension/src/core/sampling/round-cache';

function cacheOf(capacity: number) {
  const dropped: string[] = [];
  return { cache: new BoundedCache<string>(capacity, value => dropped.push(value)), dropped };
}

describe('a bounded cache', () => {
  it('drops what was not used for the longest time', () => {
    const { cache, dropped } = cacheOf(2);
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.get('a');
    cache.set('c', 'C');
    expect(dropped).toEqual(['B']);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
  });

  it('drops a value that is replaced, but not one that is set again', () => {
    const { cache, dropped } = cacheOf(2);
    cache.set('a', 'A');
    cache.set('a', 'A');
    expect(dropped).toEqual([]);
    cache.set('a', 'A2');
    expect(dropped).toEqual(['A']);
    expect(cache.size).toBe(1);
  });

  it('drops everything when it is cleared, once', () => {
    const { cache, dropped } = cacheOf(3);
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.clear();
    cache.clear();
    expect(dropped).toEqual(['A', 'B']);
  });
});
