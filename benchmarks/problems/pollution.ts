import type { BenchmarkProblem } from './problem.ts'

/** Air pollution chemistry, 20 species and 25 reactions (Test Set for IVP Solvers). */
export const pollution: BenchmarkProblem = {
  name: 'POLLU',
  text: `
k1 = 0.35
k2 = 26.6
k3 = 12300
k4 = 0.00086
k5 = 0.00082
k6 = 15000
k7 = 0.00013
k8 = 24000
k9 = 16500
k10 = 9000
k11 = 0.022
k12 = 12000
k13 = 1.88
k14 = 16300
k15 = 4800000
k16 = 0.00035
k17 = 0.0175
k18 = 100000000
k19 = 444000000000
k20 = 1240
k21 = 2.1
k22 = 5.78
k23 = 0.0474
k24 = 1780
k25 = 3.12

d/dt(y1) = -(k1*y1)-(k10*y11*y1)-(k14*y1*y6)-(k23*y1*y4)-(k24*y19*y1)+(k2*y2*y4)+(k3*y5*y2)+(k9*y11*y2)+(k11*y13)+(k12*y10*y2)+(k22*y19)+(k25*y20)
d/dt(y2) = -(k2*y2*y4)-(k3*y5*y2)-(k9*y11*y2)-(k12*y10*y2)+(k1*y1)+(k21*y19)
d/dt(y3) = -(k15*y3)+(k1*y1)+(k17*y4)+(k19*y16)+(k22*y19)
d/dt(y4) = -(k2*y2*y4)-(k16*y4)-(k17*y4)-(k23*y1*y4)+(k15*y3)
d/dt(y5) = -(k3*y5*y2)+2*(k4*y7)+(k6*y7*y6)+(k7*y9)+(k13*y14)+(k20*y17*y6)
d/dt(y6) = -(k6*y7*y6)-(k8*y9*y6)-(k14*y1*y6)-(k20*y17*y6)+(k3*y5*y2)+2*(k18*y16)
d/dt(y7) = -(k4*y7)-(k5*y7)-(k6*y7*y6)+(k13*y14)
d/dt(y8) = (k4*y7)+(k5*y7)+(k6*y7*y6)+(k7*y9)
d/dt(y9) = -(k7*y9)-(k8*y9*y6)
d/dt(y10) = -(k12*y10*y2)+(k7*y9)+(k9*y11*y2)
d/dt(y11) = -(k9*y11*y2)-(k10*y11*y1)+(k8*y9*y6)+(k11*y13)
d/dt(y12) = (k9*y11*y2)
d/dt(y13) = -(k11*y13)+(k10*y11*y1)
d/dt(y14) = -(k13*y14)+(k12*y10*y2)
d/dt(y15) = (k14*y1*y6)
d/dt(y16) = -(k18*y16)-(k19*y16)+(k16*y4)
d/dt(y17) = -(k20*y17*y6)
d/dt(y18) = (k20*y17*y6)
d/dt(y19) = -(k21*y19)-(k22*y19)-(k24*y19*y1)+(k23*y1*y4)+(k25*y20)
d/dt(y20) = -(k25*y20)+(k24*y19*y1)

y2(0) = 0.2
y4(0) = 0.04
y7(0) = 0.1
y8(0) = 0.3
y9(0) = 0.01
y17(0) = 0.007`,
  times: [1, 5, 10, 20, 30, 40, 50, 60],
  floor: Array<number>(20).fill(1e-8),
}
