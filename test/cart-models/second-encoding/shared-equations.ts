import { hill } from './hill.ts'
import type { Named } from './named-values.ts'

// The blocks that the lupus and the oncology model have in common: CAR-T cells, IL-15, cytokines, neutrophils, drugs.

export const sharedStates = [
  ...(['LD', 'CI', 'CE', 'CM', 'CX', 'IL15', 'IFNG', 'MAC', 'IL6', 'IL10', 'CRP', 'FER', 'Z'] as const),
  ...(['NP', 'N1', 'N2', 'N3', 'NC', 'TC1', 'TC2', 'DEX'] as const),
] as const

export const sharedParameters = [
  ...(['WT', 'Vb', 'dose', 'F_inf', 'kLD', 'w_flu', 'w_cy'] as const),
  ...([
    'k_dist',
    'a_I',
    'rho',
    'K_A',
    'K15',
    'd_E',
    'm_EM',
    'x_EX',
    'd_M',
    'a_M',
    'd_X',
    'Cmax',
    'f_mem_prod',
  ] as const),
  ...(['kapM', 'kapX', 'IL15_0', 'e15', 'n15', 'k15', 'c15'] as const),
  ...(['pG', 'kIG', 'IFNG0', 'KI', 'nI', 'kMac', 'p6', 'k6', 'IL60', 'p10', 'k10', 'IL100'] as const),
  ...(['kCRP', 'CRPb', 'CRPmax', 'K6', 'kFer', 'Fer0', 'eFer', 'kZ', 'sN', 'NC0', 'MTT', 'gam'] as const),
  ...(['tCL', 'tV1', 'tQ', 'tV2', 'tVm', 'tKm', 'tK', 'blkClr', 'dCL', 'dV', 'dIC50', 'dImax', 'dImaxCAR'] as const),
] as const

type States = Named<(typeof sharedStates)[number]>
type Parameters = Named<(typeof sharedParameters)[number]>

/** All CAR-T cells in blood, and those that kill. */
export function carT({ CI, CE, CM, CX }: States, { kapM, kapX }: Parameters) {
  return { total: CI + CE + CM + CX, potent: CE + kapM * CM + kapX * CX }
}

/** Cells per µL of blood that the infusion brings. */
export const infusedCells = ({ F_inf, dose, WT, Vb }: Parameters): number => (F_inf * dose * WT) / (Vb * 1e6)

/** Share of IL-6 receptors that tocilizumab occupies. */
export function occupancy({ TC1 }: States, { tV1, tK }: Parameters): number {
  const Ct = TC1 / tV1
  return Ct / (Ct + tK)
}

/** IL-6 above its baseline that is felt. */
export const feltIl6 = (s: States, p: Parameters): number => Math.max(s.IL6 - p.IL60, 0) * (1 - occupancy(s, p))

/** Grade of cytokine release at one moment. */
export function crsGrade(temperature: number, felt: number): number {
  if (temperature < 38) return 0
  return 1 + [100, 300, 1000].filter((limit) => felt >= limit).length
}

/** Rates of the shared states at an antigen `A`, with `Ly` lymphocytes of `Ly0` at baseline. */
export function sharedRates(s: States, p: Parameters, A: number, Ly: number, Ly0: number): States {
  const Ct = s.TC1 / p.tV1
  const occ = occupancy(s, p)
  const Cd = (1000 * s.DEX) / p.dV
  const dex = (p.dImax * Cd) / (p.dIC50 + Cd)
  const dexC = (p.dImaxCAR * Cd) / (p.dIC50 + Cd)

  const fA = A / (p.K_A + A)
  const h = s.IL15 ** 2 / (p.K15 ** 2 + s.IL15 ** 2)
  const Ctot = carT(s, p).total
  const grown = p.rho * fA * h * (1 - dexC) * (1 - Ctot / p.Cmax) * s.CE

  const Q = fA * s.CE
  const felt = feltIl6(s, p)
  const ktr = 4 / p.MTT
  const E = p.sN * s.LD
  const feedback = (p.NC0 / Math.max(s.NC, 1)) ** p.gam
  return {
    LD: -p.kLD * s.LD,
    CI: -(p.k_dist + p.a_I * fA) * s.CI,
    CE: p.a_I * fA * s.CI + grown + p.a_M * fA * s.CM - (p.d_E + p.m_EM + p.x_EX * fA) * s.CE,
    CM: p.f_mem_prod * p.k_dist * s.CI + p.m_EM * s.CE - (p.a_M * fA + p.d_M) * s.CM,
    CX: p.x_EX * fA * s.CE - p.d_X * s.CX,
    IL15: p.k15 * (p.IL15_0 * (1 + p.e15 * Math.max(0, 1 - Ly / Ly0) ** p.n15) - s.IL15) - p.c15 * Ctot * s.IL15,
    IFNG: p.pG * Q * (1 - 0.5 * dex) - p.kIG * (s.IFNG - p.IFNG0),
    MAC: p.kMac * (hill(s.IFNG, p.KI, p.nI) * (1 - dex) - s.MAC),
    IL6: p.p6 * s.MAC * (1 - dex) - p.k6 * (1 - p.blkClr * occ) * (s.IL6 - p.IL60),
    IL10: p.p10 * Q - p.k10 * (s.IL10 - p.IL100),
    CRP: p.kCRP * (p.CRPb + (p.CRPmax * felt) / (felt + p.K6) - s.CRP),
    FER: p.kFer * (p.Fer0 * (1 + p.eFer * s.MAC) - s.FER),
    Z: p.kZ * ((0.5 * felt) / (felt + 150) + (0.5 * s.IFNG) / (s.IFNG + 500) - s.Z),
    NP: ktr * s.NP * (1 - E) * feedback - ktr * s.NP,
    N1: ktr * (s.NP - s.N1),
    N2: ktr * (s.N1 - s.N2),
    N3: ktr * (s.N2 - s.N3),
    NC: ktr * (s.N3 - s.NC),
    TC1: -(p.tCL + p.tQ) * Ct + (p.tQ * s.TC2) / p.tV2 - (p.tVm * Ct) / (p.tKm + Ct),
    TC2: p.tQ * (Ct - s.TC2 / p.tV2),
    DEX: (-p.dCL / p.dV) * s.DEX,
  }
}

/** Values of the shared states at the start of a run. */
export function sharedStart(p: Parameters): States {
  return {
    ...{ LD: 0, CI: 0, CE: 0, CM: 0, CX: 0, IL15: p.IL15_0, IFNG: p.IFNG0, MAC: 0, IL6: p.IL60, IL10: p.IL100 },
    ...{
      CRP: p.CRPb,
      FER: p.Fer0,
      Z: 0,
      NP: p.NC0,
      N1: p.NC0,
      N2: p.NC0,
      N3: p.NC0,
      NC: p.NC0,
      TC1: 0,
      TC2: 0,
      DEX: 0,
    },
  }
}
