/** xⁿ/(Kⁿ + xⁿ), x no less than 0. */
export function hill(x: number, K: number, n: number): number {
  const power = Math.max(x, 0) ** n
  return power / (K ** n + power)
}
