import type { Tableau } from 'ode-ts'

/** Extent of the stability region of an explicit method along the negative real axis: |R(−x)| ≤ 1 up to it. */
export function stabilityBoundary(tableau: Tableau): number {
  const step = 1 / 64
  let x = step
  while (x < 1000 && Math.abs(stabilityFunction(tableau, -x)) <= 1) x += step
  return x - step
}

/** R(z): what one step of length 1 makes of 1 under dy/dt = z y. */
function stabilityFunction(tableau: Tableau, z: number): number {
  const slopes: number[] = []
  for (const row of tableau.a) slopes.push(z * (1 + dot(row, slopes)))
  return 1 + dot(tableau.b, slopes)
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, j) => sum + weight * (values[j] ?? 0), 0)
}
