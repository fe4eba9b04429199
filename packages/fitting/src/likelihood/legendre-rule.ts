import { cos } from '@cartkin/numerics'

/** Nodes in (0, 1) and weights of the Gauss–Legendre rule of n points on an interval of length 1, by Newton's method. */
export function legendreRule(n: number): readonly { readonly node: number; readonly weight: number }[] {
  return Array.from({ length: n }, (_, k) => {
    let x = cos((Math.PI * (k + 0.75)) / (n + 0.5))
    let slope = 1
    for (let iteration = 0; iteration < 8; iteration++) {
      let before = 1
      let value = x
      for (let degree = 2; degree <= n; degree++) {
        const next = ((2 * degree - 1) * x * value - (degree - 1) * before) / degree
        before = value
        value = next
      }
      slope = (n * (x * value - before)) / (x * x - 1)
      x -= value / slope
    }
    return { node: 0.5 * (1 - x), weight: 1 / ((1 - x * x) * slope * slope) }
  })
}
