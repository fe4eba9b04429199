/** Constants of the simplified Newton iterations of collocation methods, for whoever makes their steps. */
export const newtonControl = {
  /** Share of the tolerance to which the stage equations are solved. */
  share: 0.03,
  /** No finer than so many units of the relative tolerance's last place: rounding keeps the iterations from going further. */
  roundings: 10,
  leastRtol: 1e-14,
  /** Iterations that converge by a factor nearer 1 are given up. */
  slowest: 0.99,
  /** So are those that would end so many times above their tolerance. */
  mostAhead: 10,
  /** How much worse the first iteration of a step is taken to converge than those before it, and at best. */
  contractionGrowth: 10,
  leastCertain: 0.5,
  /** Iterations at most: 7 for 3 stages, and more for more. */
  mostIterations: (stages: number) => 7 + 2 * (stages - 3),
  /** Error norm of an attempt whose iterations fail: step control makes half the step of it, 0.9 norm^(-1/q). */
  failedNorm: (errorOrder: number) => {
    let norm = 1
    for (let q = 0; q <= errorOrder; q++) norm *= 1.8
    return norm
  },
} as const
