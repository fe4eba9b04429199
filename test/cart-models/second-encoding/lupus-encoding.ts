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

const states = [
  ...sharedStates,
  ...(['T', 'BP', 'BN', 'BM', 'BA', 'PA', 'PS', 'PN', 'PL', 'AAB', 'IGG', 'VAX', 'C3', 'IFNA', 'UPCR'] as const),
  ...(['SLEDAI', 'TH', 'T8', 'TR', 'RTX'] as const),
] as const

const parameters = [
  ...sharedParameters,
  ...(['LDon', 'kLD_B', 'kLD_T', 'kLD_T8', 'kLD_Treg', 'kk', 'nK', 'KC', 'kkT', 'KCT', 'kkP', 'KCP'] as const),
  ...(['phi_PS', 'wP', 'phi_PN', 'BN0', 'BM0', 'BA0', 'PA0', 'k_prod', 'kT', 'k_p', 'sig_M', 'd_M_B', 'd_A'] as const),
  ...(['r_A', 'K_IFN', 'sigA_frac', 'd_PA', 'k_PS', 'k_PN', 'k_PL', 'A0', 'kA', 'phiL', 'w_PA', 'IGG0', 'kG'] as const),
  ...(['phiLL', 'C3n', 'C30', 'kC', 'A50', 'IFN0', 'C3lo', 'kIFN', 'U0', 'Un', 'kU', 'tauS', 'TH0', 'T80'] as const),
  ...(['TR0', 'kTH', 'kT8', 'kTR', 'eTR', 'rk', 'rV', 'rEmax', 'rEC50', 'rSanct'] as const),
] as const

type State = (typeof states)[number]
type Parameter = (typeof parameters)[number]

const score = (AAB: number, C3: number, UPCR: number, IFNA: number): number =>
  2 * hill(AAB, 100, 4) + 2 * (1 - hill(C3, 850, 12)) + 4 * hill(UPCR, 650, 4) + 8 * hill(IFNA, 5, 2)

/** B cells and plasma cells. */
function cellRates(s: Named<State>, p: Named<Parameter>) {
  const star = carT(s, p).potent
  const kb = p.kk * hill(star, p.KC, p.nK)
  const kt = p.kkT * hill(star, p.KCT, p.nK)
  const kp = p.kkP * hill(star, p.KCP, p.nK)
  const Cr = s.RTX / p.rV
  const kr = (p.rEmax * Cr) / (p.rEC50 + Cr)
  const kLD = p.kLD_B * s.LD
  const Phi = hill(s.IFNA, p.K_IFN, 2)
  const ya = s.BA / p.BA0
  const ym = 1 / (1 - ((1 - p.sigA_frac) * p.d_A) / (p.r_A * hill(p.IFN0, p.K_IFN, 2)))
  const B0 = p.BN0 + p.BM0 + p.BA0 + p.PA0
  const outOfBlood = kb + kLD + kr
  const outOfTissue = kt + 0.5 * kLD
  return {
    T: p.kT * ((s.BN + s.BM + s.BA + s.PA) / B0 - s.T) - outOfTissue * s.T - kr * Math.max(s.T - p.rSanct, 0),
    BP: p.k_p * (1 - s.BP) - (kp + kLD) * s.BP,
    BN: p.k_prod * s.BP - (p.k_prod / p.BN0) * s.BN - outOfBlood * s.BN,
    BM: p.sig_M * s.BN - p.d_M_B * s.BM - outOfBlood * s.BM,
    BA:
      (p.sigA_frac * p.d_A * p.BA0 * s.BN) / p.BN0 +
      (p.r_A * Phi * (1 - ya / ym) - p.d_A) * s.BA -
      outOfTissue * s.BA -
      kr * Math.max(s.BA - p.rSanct * p.BA0, 0),
    PA: (p.d_PA * p.PA0 * s.BA) / p.BA0 - p.d_PA * s.PA - (kb + 0.5 * kLD) * s.PA,
    PS: p.k_PS * (s.PA / p.PA0 - s.PS) - p.phi_PS * kt * s.PS,
    PN: p.k_PN * ((0.5 * s.BN) / p.BN0 + (0.5 * s.BM) / p.BM0 - s.PN) - p.phi_PN * kt * s.PN,
    PL: p.k_PL * (1 - s.PL),
    RTX: -p.rk * s.RTX,
  }
}

/** Antibodies, disease and T cells of the host. */
function diseaseRates(s: Named<State>, p: Named<Parameter>) {
  const a = s.AAB / p.A0
  const eps = (p.C3n / p.C30 - 1) / (p.A0 / (p.A50 + p.A0))
  const J = 0.5 * a + (0.5 * Math.max(p.C3lo - s.C3, 0)) / (p.C3lo - p.C30)
  const source = (1 - p.phiL) * ((p.w_PA * s.PA) / p.PA0 + (1 - p.w_PA) * s.PS) + p.phiL * s.PL
  return {
    AAB: p.kA * (p.A0 * source - s.AAB),
    IGG: p.kG * (p.IGG0 * (p.phiLL * s.PL + (1 - p.phiLL) * s.PN) - s.IGG),
    VAX: p.kG * (s.PL - s.VAX),
    C3: p.kC * (p.C3n - s.C3 * (1 + (eps * s.AAB) / (p.A50 + s.AAB))),
    IFNA: p.kIFN * (p.IFN0 * a * (0.3 + 0.7 * Math.min(1, s.NC / p.NC0)) - s.IFNA),
    UPCR: p.kU * (p.Un + (p.U0 - p.Un) * J - s.UPCR),
    SLEDAI: (score(s.AAB, s.C3, s.UPCR, s.IFNA) - s.SLEDAI) / p.tauS,
    TH: p.kTH * (p.TH0 - s.TH) - p.kLD_T * s.LD * s.TH,
    T8: p.kT8 * (p.T80 - s.T8) - p.kLD_T8 * s.LD * s.T8,
    TR: p.kTR * (p.TR0 * (1 + p.eTR * (1 - a)) - s.TR) - p.kLD_Treg * s.LD * s.TR,
  }
}

/** The lupus model (reference 7c) as plain functions, of a parameter file. */
export function lupusEncoding(file: Readonly<Record<string, number>>): Encoding<State> {
  const p = pick(parameters, file)
  const B0 = p.BN0 + p.BM0 + p.BA0 + p.PA0
  const blood = (s: Named<State>) => s.BN + s.BM + s.BA + s.PA
  return {
    states,
    start: -10,
    initial: {
      ...sharedStart(p),
      ...{ T: 1, BP: 1, BN: p.BN0, BM: p.BM0, BA: p.BA0, PA: p.PA0, PS: 1, PN: 1, PL: 1, VAX: 1 },
      ...{ AAB: p.A0, IGG: p.IGG0, C3: p.C30, IFNA: p.IFN0, UPCR: p.U0, SLEDAI: score(p.A0, p.C30, p.U0, p.IFN0) },
      ...{ TH: p.TH0, T8: p.T80, TR: p.TR0, RTX: 0 },
    },
    rates: (s) => {
      const A = (1 - p.wP) * s.T + p.wP * s.BP
      const Ly = s.TH + s.T8 + blood(s) + carT(s, p).total
      return { ...sharedRates(s, p, A, Ly, p.TH0 + p.T80 + B0), ...cellRates(s, p), ...diseaseRates(s, p) }
    },
    outputs: (s) => {
      const felt = feltIl6(s, p)
      const TEMP = 36.7 + (3.2 * felt) / (felt + 12)
      return { CAR: carT(s, p).total, B: blood(s), TEMP, CRS: crsGrade(TEMP, felt) }
    },
    gifts: {
      lymphodepletion: [
        { t: -5, state: 'LD', amount: p.LDon * p.w_flu },
        { t: -4, state: 'LD', amount: p.LDon * p.w_flu },
        { t: -3, state: 'LD', amount: p.LDon * (p.w_flu + p.w_cy) },
      ],
      cells: [{ t: 0, state: 'CI', amount: infusedCells(p) }],
    },
  }
}
