/**
 * Places of the rows of a square matrix in an order in which it is lower triangular: each after those that its entries off
 * the diagonal name. Null where some name each other in a ring.
 *
 * @param isSet whether there is an entry at (row, column).
 */
export function triangularOrder(size: number, isSet: (row: number, column: number) => boolean): Int32Array | null {
  const order = new Int32Array(size)
  const isPlaced = new Uint8Array(size)
  for (let place = 0; place < size; place++) {
    let next = -1
    for (let row = 0; next < 0 && row < size; row++) {
      if (isPlaced[row] === 1) continue
      let waits = false
      for (let column = 0; column < size; column++) {
        if (column !== row && isPlaced[column] === 0 && isSet(row, column)) waits = true
      }
      if (!waits) next = row
    }
    if (next < 0) return null
    isPlaced[next] = 1
    order[place] = next
  }
  return order
}
