import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type NcaDose, type NcaName, nca } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

const { CARTKIN_SUITES: suites = join(import.meta.dirname, '../../../shared/suites') } = process.env
const folder = join(suites, 'nca')

/** Names of the tables of WinNonlin: ours. */
const names: Readonly<Record<string, NcaName>> = {
  Rsq: 'R2',
  Rsq_adjusted: 'R2_adjusted',
  Corr_XY: 'correlation',
  No_points_lambda_z: 'lambda_z_points',
  Lambda_z: 'lambda_z',
  Lambda_z_lower: 'lambda_z_lower',
  Lambda_z_upper: 'lambda_z_upper',
  HL_Lambda_z: 'half_life',
  Tlag: 'Tlag',
  Tmax: 'Tmax',
  Cmax: 'Cmax',
  Cmax_D: 'Cmax_D',
  C0: 'C0',
  Tlast: 'Tlast',
  Clast: 'Clast',
  AUClast: 'AUClast',
  AUCall: 'AUCall',
  AUCINF_obs: 'AUCinf_obs',
  AUCINF_D_obs: 'AUCinf_D_obs',
  'AUC_%Extrap_obs': 'AUC_extrapolated_obs',
  'AUC_%Back_Ext_obs': 'AUC_back_obs',
  Vz_obs: 'Vz_obs',
  Vz_F_obs: 'Vz_obs',
  Cl_obs: 'CL_obs',
  Cl_F_obs: 'CL_obs',
  AUCINF_pred: 'AUCinf_pred',
  AUCINF_D_pred: 'AUCinf_D_pred',
  'AUC_%Extrap_pred': 'AUC_extrapolated_pred',
  'AUC_%Back_Ext_pred': 'AUC_back_pred',
  Vz_pred: 'Vz_pred',
  Vz_F_pred: 'Vz_pred',
  Cl_pred: 'CL_pred',
  Cl_F_pred: 'CL_pred',
  AUMClast: 'AUMClast',
  AUMCINF_obs: 'AUMCinf_obs',
  'AUMC_%Extrap_obs': 'AUMC_extrapolated_obs',
  AUMCINF_pred: 'AUMCinf_pred',
  'AUMC_%Extrap_pred': 'AUMC_extrapolated_pred',
  MRTlast: 'MRTlast',
  MRTINF_obs: 'MRTinf_obs',
  MRTINF_pred: 'MRTinf_pred',
  Vss_obs: 'Vss_obs',
  Vss_pred: 'Vss_pred',
}

const rows = (file: string) =>
  readFileSync(join(folder, file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))

/** One unit of the last digit that is printed. */
function lastDigit(text: string): number {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e')
  return 10 ** (Number(exponent) - (mantissa.split('.')[1] ?? '').length)
}

describe.skipIf(!existsSync(folder))('non-compartmental analysis against WinNonlin', () => {
  const cases: readonly [string, string, NcaDose][] = [
    ['Theoph.csv', 'Final_Parameters_Pivoted_Theoph_Linear.csv', { amount: 320, route: 'extravascular' }],
    ['Indometh.csv', 'Final_Parameters_Pivoted_Indometh_Linear.csv', { amount: 25, route: 'bolus' }],
  ]
  it.each(cases)('%s, every figure of every subject', (data, table, dose) => {
    const [dataHeader = [], ...dataRows] = rows(data)
    const [header = [], ...wanted] = rows(table)
    const cell = (row: readonly string[], name: string) =>
      row[dataHeader.findIndex((column) => column.toLowerCase() === name)] ?? ''
    expect(header.slice(1).filter((name) => names[name] === undefined)).toEqual([])
    expect(wanted.length).toBeGreaterThan(5)
    for (const row of wanted) {
      const series = dataRows
        .filter((entry) => cell(entry, 'subject') === row[0])
        .map((entry) => ({ time: Number(cell(entry, 'time')), value: Number(cell(entry, 'conc')) }))
      const { figures } = nca(series, dose, { method: 'linear' })
      for (const [k, name] of header.entries()) {
        const ours = names[name]
        const printed = row[k] ?? ''
        if (ours === undefined) continue
        const tolerance = Math.max(lastDigit(printed), 1e-6 * Math.abs(Number(printed)))
        expect(
          Math.abs(figures[ours].value - Number(printed)),
          `subject ${row[0]}, ${name}: ${figures[ours].value}, WinNonlin ${printed}`,
        ).toBeLessThanOrEqual(tolerance)
      }
    }
  })

  it('linear up, log down: areas of the first subject of theophylline as PKNCA and NonCompart print them', () => {
    const series = rows('Theoph.csv')
      .filter(([subject]) => subject === '1')
      .map(([, , , time, value]) => ({ time: Number(time), value: Number(value) }))
    const { figures } = nca(series, { route: 'extravascular' }, { method: 'linear-up log-down' })
    // vignette "Computing NCA Parameters for Theophylline" of PKNCA; manual of NonCompart, LogAUC
    expect(figures.AUClast.value).toBeCloseTo(147.2347485, 6)
    expect(figures.AUMClast.value).toBeCloseTo(1499.129085, 5)
  })
})
