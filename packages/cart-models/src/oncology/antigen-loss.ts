import type { Scenario } from '../library/scenario.ts'
import { oncologyRegimen } from './oncology-regimens.ts'

const growth = {
  trust: 'assumption',
  source: 'assumed, within the range of Kimmel 2021 (0.01 to 0.5 /day)',
} as const

/** A tumour that relapses within a year, and one that does so without CD19. */
export const relapses: readonly Scenario[] = [
  {
    id: 'fast-tumour',
    title: 'A tumour that grows five times as fast',
    regimen: oncologyRegimen,
    parameters: { gT: 0.05 },
    notes: { gT: growth },
  },
  {
    id: 'antigen-loss',
    title: 'A fast tumour that loses CD19',
    regimen: oncologyRegimen,
    parameters: { gT: 0.05, mu: 1e-6 },
    notes: {
      gT: growth,
      mu: { trust: 'assumption', source: 'assumed: one cell in a million a day' },
    },
  },
]
