import type { BenchmarkProblem } from './problem.ts'

/** Lotka–Volterra predator and prey. */
export const lotkaVolterra: BenchmarkProblem = {
  name: 'LV',
  text: `
a = 1.5
b = 1
c = 3
d = 1

d/dt(x) = a*x-b*x*z
d/dt(z) = -c*z+d*x*z

x(0) = 1
z(0) = 1`,
  times: [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
  floor: Array<number>(2).fill(0.001),
}
