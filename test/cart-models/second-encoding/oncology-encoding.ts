import type { Encoding } from './encoding.ts'
import { hill } from './hill.ts'
import { type Named, pick } from './named-values.ts'
import {
  carT,
  crsGrade,
  feltIl6,
  infusedCells,
  sharedParameters,
  sharedRates,
  sharedStart,
  sharedStates,
} from './shared-equations.ts'

const states = [...sharedStates, ...(['TS', 'TN', 'BP', 'B', 'TH'] as const)] as const

const parameters = [
  ...sharedParameters,
  ...(['kLD_B', 'kLD_T', 'kLD_tum', 'kT', 'KT', 'gT', 'TS0', 'TSmax', 'TN0', 'TSref', 'wB'] as const),
  ...(['kk', 'KC', 'kkP', 'KCP', 'B0', 'k_p', 'kB', 'TH0', 'kTH'] as const),
] as const

type State = (typeof states)[number]

/** The oncology model (reference 7b) as plain functions, of a parameter file. */
export function oncologyEncoding(file: Readonly<Record<string, number>>): Encoding<State> {
  const p = pick(parameters, file)
  const pulse = p.w_flu + p.w_cy
  const ownRates = (s: Named<State>) => {
    const star = carT(s, p).potent
    const room = 1 - (s.TS + s.TN) / p.TSmax
    const kLD = p.kLD_B * s.LD
    return {
      TS: p.gT * s.TS * room - ((p.kT * star) / (p.KT + star)) * s.TS - p.kLD_tum * s.LD * s.TS,
      TN: p.gT * s.TN * room,
      BP: p.k_p * (1 - s.BP) - (p.kkP * hill(star, p.KCP, 2) + kLD) * s.BP,
      B: p.kB * p.B0 * s.BP - (p.kB + p.kk * hill(star, p.KC, 2) + kLD) * s.B,
      TH: p.kTH * (p.TH0 - s.TH) - p.kLD_T * s.LD * s.TH,
    }
  }
  return {
    states,
    start: -7,
    initial: { ...sharedStart(p), TS: p.TS0, TN: p.TN0, BP: 1, B: p.B0, TH: p.TH0 },
    rates: (s) => {
      const A = s.TS / p.TSref + p.wB * ((0.5 * s.B) / p.B0 + 0.5 * s.BP)
      const Ly = s.TH + s.B + carT(s, p).total
      return { ...sharedRates(s, p, A, Ly, p.TH0 + p.B0), ...ownRates(s) }
    },
    outputs: (s) => {
      const felt = feltIl6(s, p)
      const TEMP = 36.8 + (3 * felt) / (felt + 15)
      return { CAR: carT(s, p).total, TEMP, CRS: crsGrade(TEMP, felt) }
    },
    gifts: {
      lymphodepletion: [-5, -4, -3].map((t) => ({ t, state: 'LD', amount: pulse })),
      cells: [{ t: 0, state: 'CI', amount: infusedCells(p) }],
    },
  }
}
