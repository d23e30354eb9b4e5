/** A map and its anchors (`+`) as a picture. Rows are filled up with background to a square. */
export function grid(rows: readonly string[], size = rows.length) {
  const empty = Array<string>(size - rows.length).fill('');
  const cells = [...rows, ...empty]
    .map(row => row.padEnd(size, '.'))
    .join('')
    .split('');
  return {
    size,
    map: Float32Array.from(cells, cell => (cell === '.' ? 0.2 : 0.9)),
    anchors: Uint8Array.from(cells, cell => (cell === '+' ? 1 : 0)),
  };
}
