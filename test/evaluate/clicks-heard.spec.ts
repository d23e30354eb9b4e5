import { clickScore, hearClick } from '../../tools/evaluate/clicks-heard';
import { mask } from '../grid-in-text';

const bar = mask('...........', '.#######...', '...........');

describe('a click', () => {
  it('is obeyed when its pixel is on the side that it said', () => {
    const longer = mask('...........', '.########..', '...........');
    expect(hearClick({ at: { x: 8, y: 1 }, positive: true }, bar, longer).obeyed).toBe(true);
    expect(hearClick({ at: { x: 9, y: 1 }, positive: true }, bar, longer).obeyed).toBe(false);
    expect(hearClick({ at: { x: 8, y: 1 }, positive: false }, bar, longer).obeyed).toBe(false);
    expect(hearClick({ at: { x: 9, y: 1 }, positive: false }, bar, longer).obeyed).toBe(true);
  });

  it('is not obeyed where the model finds nothing any more', () => {
    expect(hearClick({ at: { x: 3, y: 1 }, positive: false }, bar, null)).toEqual({
      obeyed: false,
      changed: 0,
      elsewhere: 0,
    });
  });

  it('changes pixels here, and at the other end those beyond half of the diameter on the far side', () => {
    const bothEnds = mask('...........', '..#######..', '...........');
    expect(hearClick({ at: { x: 8, y: 1 }, positive: true }, bar, bothEnds)).toEqual({
      obeyed: true,
      changed: 2,
      elsewhere: 1,
    });
  });

  it('in the middle has no other end', () => {
    const shorter = mask('...........', '..#####....', '...........');
    expect(hearClick({ at: { x: 4, y: 1 }, positive: true }, bar, shorter)).toMatchObject({
      changed: 2,
      elsewhere: 0,
    });
  });
});

describe('the score of clicks', () => {
  it('shares out clicks and pixels', () => {
    const heard = [
      { obeyed: true, changed: 10, elsewhere: 0 },
      { obeyed: false, changed: 30, elsewhere: 10 },
    ];
    expect(clickScore(heard)).toEqual({ clicks: 2, obeyed: 0.5, elsewhere: 0.25 });
  });

  it('of none is unknown', () => {
    expect(clickScore([])).toEqual({ clicks: 0, obeyed: null, elsewhere: null });
  });
});
