import type { DecidedDose } from '@cartkin/simulation'
import { timesOf } from '../regimen/dose-marks.ts'
import type { DoseRow } from './panel-rows.ts'

/** When rules gave something, and what, with the name of the rule: "Tocilizumab 8 mg/kg (rule tocilizumab)". */
export function decidedRows(decided: readonly DecidedDose[]): readonly DoseRow[] {
  return decided.flatMap(({ rule, label, record }) =>
    timesOf(record).map((time) => ({ time, label: `${label || `${record.amt} to ${record.cmt}`} (rule ${rule})` })),
  )
}
