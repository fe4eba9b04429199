import type { System, TimeEvent } from 'ode-ts'

/** A problem whose reference solution is read at `outputs`. */
export interface ReferenceProblem {
  readonly name: string
  readonly system: System
  readonly y0: readonly number[]
  readonly floor: readonly number[]
  readonly outputs: readonly number[]
  readonly events: readonly TimeEvent[]
}

const days = Array.from({ length: 365 }, (_, i) => i + 1)

/** Cells that expand on the target they kill, and come back when it does: 3 states, smooth. */
export function relapse(): ReferenceProblem {
  return {
    name: 'P2',
    system: {
      dimension: 3,
      derivative(_t, y, d) {
        const [E, M, B] = [y[0]!, y[1]!, y[2]!]
        d[0] = (0.9 * E * B) / (50 + B) - (0.25 + 0.06) * E
        d[1] = 0.06 * E - 0.008 * M
        d[2] = 0.05 + 0.03 * B * (1 - B / 1000) - ((0.6 * E) / (20 + E)) * B
      },
    },
    y0: [1, 0, 500],
    floor: [1e-4, 1e-4, 1e-4],
    outputs: days,
    events: [],
  }
}

/** Split CAR-T infusions and two doses of tocilizumab: [start, rate of CAR-T, rate of tocilizumab]. */
const segments = [
  [0, 480, 0],
  [0.0208333333333, 0, 0],
  [1, 1440, 0],
  [1.02083333333, 0, 0],
  [2, 2880, 0],
  [2.02083333333, 0, 0],
  [5, 0, 25944],
  [5.04166666667, 0, 0],
  [6, 0, 25944],
  [6.04166666667, 0, 0],
] as const

/** CAR-T cells, tumour, B cells, antibodies, cytokines and an antibody against the IL-6 receptor: 20 states, stiff. */
export function fullCourse(): ReferenceProblem {
  let RD = 0
  let RT = 0
  return {
    name: 'P1',
    system: {
      dimension: 20,
      derivative(_t, y, d) {
        const D = y[0]!
        const E = y[1]!
        const M = y[2]!
        const X = y[3]!
        const T = y[4]!
        const BN = y[5]!
        const BM = y[6]!
        const PB = y[7]!
        const PC = y[8]!
        const IGG = y[9]!
        const AAB = y[10]!
        const MAC = y[11]!
        const IL6 = y[12]!
        const IFNG = y[13]!
        const IL10 = y[14]!
        const CRP = y[15]!
        const TOC = y[16]!
        const TP = y[17]!
        const R = y[18]!
        const RC = y[19]!
        const A = T + BN + BM + 0.3 * PB
        const SA = A / (100000 + A)
        const HX = (A * A) / (300000 * 300000 + A * A)
        const CT = E + 0.02 * M + 0.2 * X
        const kill = (1.8 * CT) / (3000 + CT)
        const S6 = ((IL6 / (150 + IL6)) * R) / 2
        const flux = kill * (T + BN + BM)
        const raised = IFNG * Math.sqrt(IFNG)
        d[0] = RD - 1.5 * D
        d[1] = 0.5 * D + 1.25 * SA * E * (1 + 0.2 * S6) + 0.02 * SA * M - (0.25 + 0.03 * (1 - SA) + 0.15 * HX) * E
        d[2] = 0.03 * (1 - SA) * E - 0.02 * SA * M - 0.015 * M
        d[3] = 0.15 * HX * E - 0.1 * X
        d[4] = 0.01 * T * (1 - T / 2000000) - kill * T
        d[5] = 3000 - (0.03 + 0.02) * BN - kill * BN
        d[6] = 0.02 * BN + 0.01 * BM * (1 - BM / 50000) - 0.05 * BM - kill * BM
        d[7] = 0.02 * BM * (1 + 0.5 * S6) - (0.25 + 0.05) * PB - 0.3 * kill * PB
        d[8] = 0.05 * PB - 0.003 * PC - 0.02 * kill * PC
        d[9] = 0.000028 * (PB + 0.5 * PC) - 0.03 * IGG * (1 + (0.6 * IGG) / (12 + IGG))
        d[10] = 0.00146 * (PB + 0.1 * PC) - 0.035 * AAB
        d[11] = ((2 * raised) / (500 * Math.sqrt(500) + raised)) * (1 - MAC) - 0.6 * (1 + IL10 / 100) * MAC
        d[12] = 30 + 40000 * MAC + (5000 * flux) / (50000 + flux) - 11 * IL6 - R * IL6
        d[13] = 30 + (20000 * SA * E) / (5000 + E) / (1 + IL10 / 200) - 6 * IFNG
        d[14] = 20 + 2000 * MAC + 500 * S6 - 7 * IL10
        d[15] = 2.7 + 180 * S6 - 0.9 * CRP
        const binding = 20 * TOC * R
        d[16] = RT - (0.07 + 0.06) * TOC + 0.07 * TP - binding + 50 * RC
        d[17] = 0.06 * TOC - 0.07 * TP
        d[18] = 2 * (2 - R) - binding + 50 * RC
        d[19] = binding - (50 + 1.5) * RC
      },
    },
    y0: [0, 0, 0, 0, 500000, 60000, 26500, 1800, 30000, 12, 200, 0, 2.5, 5, 3, 3, 0, 0, 2, 0],
    floor: [
      0.001, 0.01, 0.01, 0.01, 0.001, 1, 1, 0.1, 1, 0.001, 0.01, 0.00001, 0.01, 0.01, 0.01, 0.01, 0.001, 0.001, 0.0001,
      0.0001,
    ],
    outputs: days,
    events: segments.map(([t, cells, antibody]) => ({
      t,
      apply: () => {
        RD = cells
        RT = antibody
      },
    })),
  }
}
