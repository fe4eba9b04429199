import type { BenchmarkProblem } from './problem.ts'

const DAYS = 365

/** Effector and memory CAR-T cells against B cells over a year. */
export const p2: BenchmarkProblem = {
  name: 'P2',
  text: `
rho = 0.9
KB = 50
dE = 0.25
kEM = 0.06
dM = 0.008
kin = 0.05
gB = 0.03
Bmax = 1000
kk = 0.6
KE = 20

d/dt(E) = rho*E*B/(KB+B)-(dE+kEM)*E
d/dt(M) = kEM*E-dM*M
d/dt(B) = kin+gB*B*(1-B/Bmax)-kk*E/(KE+E)*B

E(0) = 1
B(0) = 500`,
  times: Array.from({ length: DAYS }, (_, k) => k + 1),
  floor: Array<number>(3).fill(0.0001),
}
