import type { BenchmarkProblem } from './problem.ts'

/** Van der Pol's oscillator with μ = 1000 (Test Set for IVP Solvers). */
export const vanDerPol: BenchmarkProblem = {
  name: 'VDPOL',
  text: `
mu = 1000

d/dt(x) = v
d/dt(v) = mu*((1-x*x)*v)-x

x(0) = 2`,
  times: [500, 1000, 1500, 2000],
  floor: Array<number>(2).fill(0.001),
}
