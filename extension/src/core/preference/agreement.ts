/** What an older case counts against the next in sums over accepted masks: readers change, and so do the images. */
export const MEMORY = 0.95;

/**
 * How much of a sum over cases is this reader's way and not chance, 0..1 (the positive part of James and Stein's estimator): what has nothing in
 * common adds up to about the root of its squares' sum, what is one way to more. One case alone tells nothing. `squares`: the sum of the squares.
 */
export function agreement(sum: number, squares: number): number {
  return sum === 0 ? 0 : Math.max(0, 1 - squares / (sum * sum));
}
