import type { BenchmarkProblem } from './problem.ts'

/** Robertson's autocatalytic reaction (Hairer & Wanner II, IV.10). */
export const robertson: BenchmarkProblem = {
  name: 'ROBER',
  text: `
k1 = 0.04
k2 = 30000000
k3 = 10000

d/dt(a) = -k1*a+k3*b*c
d/dt(b) = k1*a-k3*b*c-k2*b*b
d/dt(c) = k2*b*b

a(0) = 1`,
  times: [0.01, 0.1, 1, 10, 100, 1000, 10000, 100000],
  floor: [0.000001, 1e-10, 0.000001],
}
