import type { BenchmarkProblem } from './problem.ts'

/** Brusselator without diffusion (Hairer, Nørsett & Wanner, I.16). */
export const brusselator: BenchmarkProblem = {
  name: 'BRUS',
  text: `
d/dt(u) = 1+u*u*v-4*u
d/dt(v) = 3*u-u*u*v

u(0) = 1.5
v(0) = 3`,
  times: [5, 10, 15, 20],
  floor: Array<number>(2).fill(0.001),
}
