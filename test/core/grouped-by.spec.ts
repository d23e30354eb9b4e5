import { groupedBy } from '../../extension/src/core/grouped-by';

describe('items grouped by a key', () => {
  it('keep their order, and the groups that of their first items', () => {
    const groups = groupedBy(['pear', 'fig', 'plum', 'kiwi', 'nut'], word => word.length);
    expect([...groups]).toEqual([
      [4, ['pear', 'plum', 'kiwi']],
      [3, ['fig', 'nut']],
    ]);
  });

  it('are no groups where there are none', () => {
    expect(groupedBy([], () => 'any').size).toBe(0);
  });
});
