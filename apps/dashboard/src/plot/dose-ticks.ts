import type { Regimen, RegimenDose } from '@cartkin/simulation'
import { type AmountModel, amountText } from '../regimen/amount-text.ts'
import { drugName } from '../regimen/dose-name.ts'
import type { Course } from '../state/course.ts'
import { timeText } from '../state/time-units.ts'
import { decidedRows } from './decided-rows.ts'
import { type DoseRow, doseRows } from './panel-rows.ts'

/**
 * When something is given, and what, with its amount: by the regimen, and what its rules have decided.
 *
 * @param cells by the name of a state, in words, what a dose of 1 puts into it where the model turns that into cells.
 */
export function doseTicks(
  { doses }: Pick<Regimen, 'doses'>,
  course: Pick<Course, 'decided'> | null,
  model: AmountModel,
  cells: ReadonlyMap<string, string> = new Map(),
): readonly DoseRow[] {
  const named = doses.map((dose) => ({ ...dose, label: namedDose(dose, model, cells) }))
  return [...doseRows(named), ...decidedRows(course?.decided ?? [])]
}

function namedDose(dose: RegimenDose, model: AmountModel, cells: ReadonlyMap<string, string>): string {
  const { label, amt, cmt } = dose
  if (label !== undefined && drugName(dose) !== label) return label
  const own = cells.get(cmt)
  if (own !== undefined && typeof amt === 'number') return `${label ?? cmt} ${amt === 1 ? '' : `${amt} × `}${own}`
  const amount = amountText(dose, model)
  // an expression says nothing where a label has the amounts of several drugs
  return label !== undefined && amount === amt ? label : `${label ?? cmt} ${amount}`
}

/** Most times of one thing that are told one by one. */
const mostTimes = 6

/** Doses within the times shown, in words: "Given: fludarabine 30 mg/m² at day -5, day -4." Empty where there are none. */
export function dosesText(
  doses: readonly DoseRow[],
  { low, high }: { readonly low: number; readonly high: number },
  timeUnit: string,
): string {
  const shown = doses.filter(({ time }) => time >= low && time <= high).toSorted((a, b) => a.time - b.time)
  if (shown.length === 0) return ''
  const parts = [...Map.groupBy(shown, ({ label }) => label)].map(([label, rows]) => {
    const times = [...new Set(rows.map(({ time }) => timeText(timeUnit, String(Number(time.toPrecision(4))))))]
    const more = times.length > mostTimes ? ` and ${times.length - mostTimes} more times` : ''
    return `${label} at ${times.slice(0, mostTimes).join(', ')}${more}`
  })
  return `Given: ${parts.join('; ')}.`
}
