import type { BenchmarkProblem } from './problem.ts'

/** Oregonator, the Belousov–Zhabotinsky reaction (Test Set for IVP Solvers). */
export const oregonator: BenchmarkProblem = {
  name: 'OREGO',
  text: `
s = 77.27
w = 0.161
q = 0.000008375

d/dt(a) = s*(b+a*(1-q*a-b))
d/dt(b) = (c-(1+a)*b)/s
d/dt(c) = w*(a-c)

a(0) = 1
b(0) = 2
c(0) = 3`,
  times: [30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330, 360],
  floor: Array<number>(3).fill(0.001),
}
