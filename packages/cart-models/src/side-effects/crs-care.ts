import type { EndpointDefinition } from '@cartkin/simulation'
import type { LibraryPart, PanelDefinition } from '../library/library-model.ts'
import { anakinra } from './anakinra.ts'
import { dexamethasone } from './dexamethasone.ts'
import { methylprednisolone } from './methylprednisolone.ts'
import { tocilizumab } from './tocilizumab.ts'

/** What a reference model gets from the drugs against cytokine release, and what of its own goes. */
export const crsCareOf: Pick<LibraryPart, 'connect' | 'drop'> = {
  connect: {
    occ: 'toc_occ',
    occB: 'toc_occB',
    dex: 'dex_effect',
    dexC: 'dex_effectC',
    il1: 'ana_blocked',
  },
  drop: ['TC1', 'TC2', 'DEX', 'TOCocc'],
}

const weight = { WT: 'WT' }

/**
 * The drugs. Both steroids act on one target: their concentrations, each over that for half of its effect, are added, so
 * that together they cannot do more than one alone at most.
 */
export const crsCareDrugs: readonly LibraryPart[] = [
  { model: tocilizumab, prefix: 'toc_', connect: weight },
  { model: dexamethasone, prefix: 'dex_', connect: { other: 'mp_ratio' } },
  { model: methylprednisolone, prefix: 'mp_', connect: weight, drop: ['effect', 'effectC'] },
  { model: anakinra, prefix: 'ana_', connect: weight },
]

/** Panels beside those of the reference models. */
export const crsCarePanels: readonly PanelDefinition[] = [
  { title: 'Grades of CRS and ICANS', quantities: ['CRS', 'ICANS'], unit: 'grade', scale: 'linear' },
  { title: 'What the drugs do', quantities: ['toc_occ', 'dex_effect', 'ana_blocked'], unit: '1', scale: 'linear' },
]

const above = (quantity: string, threshold: number) =>
  ({ quantity, threshold, unit: 'day', kind: 'timeAbove' }) as const
const first = (quantity: string, threshold: number) =>
  ({ quantity, threshold, unit: 'day', kind: 'firstAbove', from: 0 }) as const

/** When cytokine release and neurotoxicity begin, how long and how severe they are. Grades are whole numbers. */
export const crsCareEndpoints: readonly EndpointDefinition[] = [
  { name: 'Fever_days', label: 'Days with fever (38.0 degC or more)', ...above('TEMP', 38) },
  { name: 'CRS_onset', label: 'Begin of CRS', ...first('CRS', 0.5) },
  { name: 'CRS_days', label: 'Days with CRS', ...above('CRS', 0.5) },
  { name: 'CRS2_days', label: 'Days with CRS of grade 2 or more', ...above('CRS', 1.5) },
  { name: 'CRS3_days', label: 'Days with CRS of grade 3 or more', ...above('CRS', 2.5) },
  { name: 'ICANS_onset', label: 'Begin of ICANS', ...first('ICANS', 0.5) },
  { name: 'ICANS_days', label: 'Days with ICANS', ...above('ICANS', 0.5) },
  { name: 'ICANS2_days', label: 'Days with ICANS of grade 2 or more', ...above('ICANS', 1.5) },
  { name: 'Z_max', label: 'Highest neurotoxicity index', unit: '1', quantity: 'Z', kind: 'maximum' },
  { name: 'Z_day', label: 'Day of highest neurotoxicity index', unit: 'day', quantity: 'Z', kind: 'timeOfMaximum' },
]

/** What a model of care does not do, beside what its parts do not. */
export const crsCareLimits: readonly string[] = [
  'Grades follow assumed thresholds of signals. CRS ends with the dose of tocilizumab, within hours, where hypotension and hypoxia take days to go.',
  'By default tocilizumab reaches the brain as well as the blood (toc_reach = 1) and so prevents ICANS, which it does not in patients. With toc_reach = 0 the IL-6 that it raises acts there.',
  'Steroids and anakinra act on myeloid cells while they are in blood; what outlasts them, and infections under them, are not modelled.',
]
