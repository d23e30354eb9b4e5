import { solvePositive } from '../../../extension/src/core/preference/linear-system';

describe('solving a positive definite system', () => {
  it('finds what the matrix maps to the right-hand side', () => {
    const matrix = [
      [4, 2, 0.6],
      [2, 5, 1],
      [0.6, 1, 3],
    ];
    const x = [1, -2, 0.5];
    const right = matrix.map(row => row.reduce((sum, a, i) => sum + a * (x[i] ?? 0), 0));
    solvePositive(matrix, right).forEach((value, i) => expect(value).toBeCloseTo(x[i] ?? 0, 12));
  });

  it('refuses a matrix that has no single solution', () => {
    expect(() =>
      solvePositive(
        [
          [1, 1],
          [1, 1],
        ],
        [1, 1],
      ),
    ).toThrow('positive definite');
  });
});
