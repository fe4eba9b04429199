import type { BenchmarkProblem } from './problem.ts'

/** Lotka–Volterra predator and prey. */
const lotkaVolterra: BenchmarkProblem = {
  name: 'LV',
  stiff: false,
  y0: [1, 1],
  times: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
  floor: [1e-3, 1e-3],
  derivative: (_t, y, d) => {
    const [x, z] = [y[0]!, y[1]!]
    d[0] = 1.5 * x - x * z
    d[1] = -3 * z + x * z
  },
}

/** Brusselator without diffusion. */
const brusselator: BenchmarkProblem = {
  name: 'BRUS',
  stiff: false,
  y0: [1.5, 3],
  times: [5, 10, 15, 20],
  floor: [1e-3, 1e-3],
  derivative: (_t, y, d) => {
    const [u, v] = [y[0]!, y[1]!]
    d[0] = 1 + u * u * v - 4 * u
    d[1] = 3 * u - u * u * v
  },
}

/** Pleiades: seven bodies in the plane (Hairer, Nørsett & Wanner, II.10). */
const pleiades: BenchmarkProblem = {
  name: 'PLEI',
  stiff: false,
  y0: [3, 3, -1, -3, 2, -2, 2, 3, -3, 2, 0, 0, -4, 4, 0, 0, 0, 0, 0, 1.75, -1.5, 0, 0, 0, -1.25, 1, 0, 0],
  times: [3],
  floor: new Array(28).fill(1),
  derivative: (_t, y, d) => {
    for (let i = 0; i < 14; i++) d[i] = y[14 + i]!
    for (let i = 0; i < 7; i++) {
      let ax = 0
      let ay = 0
      for (let j = 0; j < 7; j++) {
        if (j === i) continue
        const dx = y[j]! - y[i]!
        const dy = y[7 + j]! - y[7 + i]!
        const r2 = dx * dx + dy * dy
        const m = (j + 1) / (r2 * Math.sqrt(r2))
        ax += m * dx
        ay += m * dy
      }
      d[14 + i] = ax
      d[21 + i] = ay
    }
  },
}

const MOON = 0.012277471
const EARTH = 0.987722529

/** Arenstorf orbit of the restricted three-body problem. */
const arenstorf: BenchmarkProblem = {
  name: 'AREN',
  stiff: false,
  y0: [0.994, 0, 0, -2.0015851063790824],
  times: [17.065216560157964],
  floor: [1, 1, 1, 1],
  derivative: (_t, s, d) => {
    const [x, y, u, v] = [s[0]!, s[1]!, s[2]!, s[3]!]
    const a = (x + MOON) * (x + MOON) + y * y
    const b = (x - EARTH) * (x - EARTH) + y * y
    const toEarth = EARTH / (a * Math.sqrt(a))
    const toMoon = MOON / (b * Math.sqrt(b))
    d[0] = u
    d[1] = v
    d[2] = x + 2 * v - toEarth * (x + MOON) - toMoon * (x - EARTH)
    d[3] = y - 2 * u - toEarth * y - toMoon * y
  },
}

export const nonstiffProblems: readonly BenchmarkProblem[] = [lotkaVolterra, brusselator, pleiades, arenstorf]
