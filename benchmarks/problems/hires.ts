import type { BenchmarkProblem } from './problem.ts'

/** High irradiance response of plant growth (Test Set for IVP Solvers). */
export const hires: BenchmarkProblem = {
  name: 'HIRES',
  text: `
d/dt(a) = -1.71*a+0.43*b+8.32*c+0.0007
d/dt(b) = 1.71*a-8.75*b
d/dt(c) = -10.03*c+0.43*d+0.035*e
d/dt(d) = 8.32*b+1.71*c-1.12*d
d/dt(e) = -1.745*e+0.43*f+0.43*h
d/dt(f) = -280*f*i+0.69*d+1.71*e-0.43*f+0.69*h
d/dt(h) = 280*f*i-1.81*h
d/dt(i) = -280*f*i+1.81*h

a(0) = 1
i(0) = 0.0057`,
  times: [1, 10, 50, 100, 200, 321.8122, 421.8122],
  floor: Array<number>(8).fill(0.00001),
}
