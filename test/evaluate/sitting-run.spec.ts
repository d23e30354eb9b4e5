import { runSitting } from '../../tools/evaluate/sitting-run';
import type { Sitting } from '../../tools/evaluate/sittings';
import { fakeNetwork } from '../core/network/fake-network';
import { blobWork } from './blob-work';

function sitting(level: number): Sitting {
  return {
    index: 0,
    reader: '0/0',
    warmUp: [22, 28, 34].map(radius => blobWork(radius, level)),
    fresh: [25, 31].map(radius => blobWork(radius, level)),
    seed: 5,
  };
}

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('a sitting', () => {
  it.each([
    ['generous', 0.25],
    ['tight', 0.75],
  ])(
    'of a %s reader makes the first proposal on a new case better',
    async (_who, level) => {
      const { fresh, carried } = await runSitting(fakeNetwork(), sitting(level), [1, 3]);
      expect(fresh).toHaveLength(2);
      expect(carried.map(({ after }) => after)).toEqual([1, 3]);
      expect(mean(carried[1]?.dice ?? [])).toBeGreaterThan(mean(fresh) + 0.05);
    },
    30_000,
  );

  it('of a reader who draws what is proposed anyway takes little away', async () => {
    const { fresh, carried } = await runSitting(fakeNetwork(), sitting(0.5), [3]);
    expect(mean(carried[0]?.dice ?? [])).toBeGreaterThan(mean(fresh) - 0.04);
  }, 30_000);

  it('shows the new cases to a session that is thrown away: another measurement changes no later one', async () => {
    const often = await runSitting(fakeNetwork(), sitting(0.3), [1, 2, 3]);
    const once = await runSitting(fakeNetwork(), sitting(0.3), [3]);
    expect(often.carried[2]).toEqual(once.carried[0]);
    expect(often.fresh).toEqual(once.fresh);
  }, 30_000);
});
