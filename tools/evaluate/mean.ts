/** Mean of what is there; 0 of nothing. */
export function mean(values: readonly (number | null | undefined)[]): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null || value === undefined) continue;
    sum += value;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
