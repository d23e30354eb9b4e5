/** x with `matrix` x = `right`, by Cholesky's decomposition. `matrix` is symmetric and positive definite; neither is changed. */
export function solvePositive(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): readonly number[] {
  const size = right.length;
  const lower: number[][] = [];
  const at = (row: number, column: number): number => lower[row]?.[column] ?? 0;
  for (let i = 0; i < size; i++) {
    const line: number[] = [];
    lower.push(line);
    for (let k = 0; k <= i; k++) {
      let rest = matrix[i]?.[k] ?? 0;
      for (let m = 0; m < k; m++) rest -= at(i, m) * at(k, m);
      if (i === k && !(rest > 0)) throw new RangeError('The matrix is not positive definite.');
      line.push(i === k ? Math.sqrt(rest) : rest / at(k, k));
    }
  }
  const forward: number[] = [];
  for (let i = 0; i < size; i++) {
    let rest = right[i] ?? 0;
    for (let k = 0; k < i; k++) rest -= at(i, k) * (forward[k] ?? 0);
    forward.push(rest / at(i, i));
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    let rest = forward[i] ?? 0;
    for (let k = i + 1; k < size; k++) rest -= at(k, i) * (solution[k] ?? 0);
    solution[i] = rest / at(i, i);
  }
  return solution;
}
