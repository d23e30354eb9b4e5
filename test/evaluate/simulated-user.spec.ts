import { chooseOrClick, clickError, firstClick, firstPrompt } from '../../tools/evaluate/simulated-user';
import { grid, mask } from '../grid-in-text';
import { proposal } from './a-proposal';

const click = (x: number, y: number, positive: boolean): unknown => ({
  kind: 'prompt',
  prompt: { kind: 'point', at: { x, y }, positive },
});

describe('the first prompt', () => {
  const target = mask('.......', '.#####.', '.#####.', '.#####.', '..#....');
  const votes = new Uint8Array(35).fill(1);

  it('is a click, a box around the whole target, or a line through its middle that stays inside', () => {
    expect(firstPrompt({ mask: target, votes }, 'click')).toMatchObject({ kind: 'point', positive: true });
    expect(firstPrompt({ mask: target, votes }, 'box')).toEqual({
      kind: 'box',
      from: { x: 1, y: 1 },
      to: { x: 5, y: 4 },
    });
    const line = firstPrompt({ mask: target, votes }, 'scribble');
    if (line.kind !== 'scribble') throw new Error('no scribble');
    expect(line.points.length).toBeGreaterThan(1);
    expect(new Set(line.points.map(point => point.y)).size).toBe(1);
    for (const { x } of line.points) {
      expect(x).toBeGreaterThanOrEqual(1);
      expect(x).toBeLessThanOrEqual(5);
    }
  });
});

describe('the first click', () => {
  it('is the deepest point of what most readers agree on, within the target', () => {
    const target = mask('.......', '.#####.', '.#####.', '.#####.', '.......');
    const votes = grid('.......', '.222444', '.222444', '.222444', '.......').pixels;
    expect(firstClick({ mask: target, votes })).toEqual({ x: 4, y: 1 });
  });

  it('follows what is agreed most where not all agree', () => {
    const target = mask('.###.');
    const votes = Uint8Array.from([3, 1, 2, 1, 3]);
    expect(firstClick({ mask: target, votes })).toEqual({ x: 2, y: 0 });
  });

  it('on nothing is a fault', () => {
    expect(() => firstClick({ mask: mask('...'), votes: new Uint8Array(3) })).toThrow('without pixels');
  });
});

describe('the user who is shown candidates', () => {
  const target = mask('######..');

  it('takes the best one that beats the recommended mask', () => {
    const shown = proposal(mask('##......'), mask('###.....'), mask('#####...'), mask('########'));
    expect(chooseOrClick(shown, target)).toEqual({ kind: 'choose', candidate: 1 });
  });

  it('clicks the error when none is better', () => {
    const shown = proposal(mask('####....'), mask('###.....'), mask('####....'));
    expect(chooseOrClick(shown, target)).toEqual(click(4, 0, true));
  });
});

describe('a click on the error', () => {
  it('adds what is missing most', () => {
    const target = mask('......###', '......###', '###...###');
    const recommended = mask('.##......', '.........', '###......');
    expect(clickError(proposal(recommended), target)).toEqual(click(7, 1, true));
  });

  it('takes away what is too much', () => {
    const target = mask('##.......', '##.......', '.........');
    const recommended = mask('#...####.', '##..####.', '....####.');
    expect(clickError(proposal(recommended), target)).toEqual(click(5, 1, false));
  });

  it('sees two errors that touch as two when one is missing and one too much', () => {
    const target = mask('....##..');
    const recommended = mask('.###....');
    expect(clickError(proposal(recommended), target)).toEqual(click(1, 0, false));
  });

  it('is not made where nothing is wrong', () => {
    expect(clickError(proposal(mask('.#.')), mask('.#.'))).toBeNull();
  });
});
