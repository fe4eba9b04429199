import type { BenchmarkProblem } from './problem.ts'

/** Arenstorf orbit of the restricted three-body problem (Hairer, Nørsett & Wanner, II.0). */
export const arenstorf: BenchmarkProblem = {
  name: 'AREN',
  text: `
m = 0.012277471
mp = 0.987722529

d/dt(x) = u
d/dt(y) = v
d/dt(u) = x+2*v-mp*(x+m)/(((x+m)*(x+m)+y*y)*sqrt((x+m)*(x+m)+y*y))-m*(x-mp)/(((x-mp)*(x-mp)+y*y)*sqrt((x-mp)*(x-mp)+y*y))
d/dt(v) = y-2*u-mp*y/(((x+m)*(x+m)+y*y)*sqrt((x+m)*(x+m)+y*y))-m*y/(((x-mp)*(x-mp)+y*y)*sqrt((x-mp)*(x-mp)+y*y))

x(0) = 0.994
v(0) = -2.0015851063790824`,
  times: [17.065216560157964],
  floor: Array<number>(4).fill(1),
}
