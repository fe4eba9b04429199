import { ishigami } from './functions.ts'

/** Moments of all elementary effects of Ishigami's function on a grid: what Morris's estimates are of. */
export interface ExactEffects {
  readonly mu: number
  readonly muStar: number
  readonly sigma: number
}

/** By input, from every step of half the grid there is, the ranges of the inputs being 1. */
export function ishigamiEffects(levels: number): readonly ExactEffects[] {
  const grid = Array.from({ length: levels }, (_, l) => -Math.PI + (2 * Math.PI * l) / (levels - 1))
  const half = levels / 2
  const width = half / (levels - 1)
  return [0, 1, 2].map((input) => {
    const effects = grid.slice(0, half).flatMap((low, l) =>
      grid.flatMap((first) =>
        grid.map((second) => {
          const at = (x: number) => {
            const point = [first, second]
            point.splice(input, 0, x)
            return ishigami(Float64Array.from(point))
          }
          return (at(grid[l + half] ?? Number.NaN) - at(low)) / width
        }),
      ),
    )
    const mean = (of: (effect: number) => number) =>
      effects.reduce((sum, effect) => sum + of(effect), 0) / effects.length
    const mu = mean((effect) => effect)
    return { mu, muStar: mean(Math.abs), sigma: Math.sqrt(mean((effect) => (effect - mu) ** 2)) }
  })
}
