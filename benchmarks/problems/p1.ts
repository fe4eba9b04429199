import type { BenchmarkProblem } from './problem.ts'

const DAYS = 365
const HALF_AN_HOUR = 1 / 48
const AN_HOUR = 1 / 24

/** CAR-T cells, B cells, cytokines and tocilizumab in one patient over a year: 20 states, ten starts at doses. */
export const p1: BenchmarkProblem = {
  name: 'P1',
  text: `
kd = 1
kdl = 0.5
fd = 0.5
rho = 1.25
KA = 100000
e6 = 0.2
kME = 0.02
dE = 0.25
kEM = 0.03
kEX = 0.15
KX = 300000
dM = 0.015
dX = 0.1
eM = 0.02
eX = 0.2
kk = 1.8
Kk = 3000
g = 0.01
Tmax = 2000000
kinB = 3000
dBN = 0.03
kNM = 0.02
rBM = 0.01
Bmax = 50000
dBM = 0.05
kMP = 0.02
e6p = 0.5
dPB = 0.25
kPL = 0.05
dPC = 0.003
fPB = 0.3
fPC = 0.02
sIG = 0.000028
wPC = 0.5
kIG = 0.03
aF = 0.6
KF = 12
sA = 0.00146
wA = 0.1
kA = 0.035
kact = 2
KI = 500
hI = 1.5
kde = 0.6
K10 = 100
b6 = 30
p6 = 40000
pk6 = 5000
KFx = 50000
k6 = 11
kr6 = 1
bI = 30
pI = 20000
KEI = 5000
K10I = 200
kI = 6
b10 = 20
p10 = 2000
pM = 500
k10 = 7
K6 = 150
bC = 2.7
pC = 180
kC = 0.9
ke = 0.07
k12 = 0.06
k21 = 0.07
kon = 20
koff = 50
kint = 1.5
kdR = 2
R0 = 2
T0 = 500000

A ~ T+BN+BM+fPB*PB
SA ~ A/(KA+A)
HX ~ A^2/(KX^2+A^2)
CT ~ E+eM*M+eX*X
kill ~ kk*CT/(Kk+CT)
S6 ~ IL6/(K6+IL6)*R/R0
flux ~ kill*(T+BN+BM)
d/dt(D) = -(kd+kdl)*D
d/dt(E) = kd*fd*D+rho*SA*E*(1+e6*S6)+kME*SA*M-(dE+kEM*(1-SA)+kEX*HX)*E
d/dt(M) = kEM*(1-SA)*E-kME*SA*M-dM*M
d/dt(X) = kEX*HX*E-dX*X
d/dt(T) = g*T*(1-T/Tmax)-kill*T
d/dt(BN) = kinB-(dBN+kNM)*BN-kill*BN
d/dt(BM) = kNM*BN+rBM*BM*(1-BM/Bmax)-dBM*BM-kill*BM
d/dt(PB) = kMP*BM*(1+e6p*S6)-(dPB+kPL)*PB-fPB*kill*PB
d/dt(PC) = kPL*PB-dPC*PC-fPC*kill*PC
d/dt(IGG) = sIG*(PB+wPC*PC)-kIG*IGG*(1+aF*IGG/(KF+IGG))
d/dt(AAB) = sA*(PB+wA*PC)-kA*AAB
d/dt(MAC) = kact*IFNG^hI/(KI^hI+IFNG^hI)*(1-MAC)-kde*(1+IL10/K10)*MAC
d/dt(IL6) = b6+p6*MAC+pk6*flux/(KFx+flux)-k6*IL6-kr6*R*IL6
d/dt(IFNG) = bI+pI*SA*E/(KEI+E)/(1+IL10/K10I)-kI*IFNG
d/dt(IL10) = b10+p10*MAC+pM*S6-k10*IL10
d/dt(CRP) = bC+pC*S6-kC*CRP
d/dt(TOC) = -(ke+k12)*TOC+k21*TP-kon*TOC*R+koff*RC
d/dt(TP) = k12*TOC-k21*TP
d/dt(R) = kdR*(R0-R)-kon*TOC*R+koff*RC
d/dt(RC) = kon*TOC*R-(koff+kint)*RC

T(0) = T0
BN(0) = 60000
BM(0) = 26500
PB(0) = 1800
PC(0) = 30000
IGG(0) = 12
AAB(0) = 200
IL6(0) = 2.5
IFNG(0) = 5
IL10(0) = 3
CRP(0) = 3
R(0) = 2`,
  doses: [
    { time: 0, evid: 1, cmt: 'D', amt: 10, duration: HALF_AN_HOUR },
    { time: 1, evid: 1, cmt: 'D', amt: 30, duration: HALF_AN_HOUR },
    { time: 2, evid: 1, cmt: 'D', amt: 60, duration: HALF_AN_HOUR },
    { time: 5, evid: 1, cmt: 'TOC', amt: 1081, duration: AN_HOUR },
    { time: 6, evid: 1, cmt: 'TOC', amt: 1081, duration: AN_HOUR },
  ],
  times: Array.from({ length: DAYS }, (_, k) => k + 1),
  floor: [
    0.001, 0.01, 0.01, 0.01, 0.001, 1, 1, 0.1, 1, 0.001, 0.01, 0.00001, 0.01, 0.01, 0.01, 0.01, 0.001, 0.001, 0.0001,
    0.0001,
  ],
}
