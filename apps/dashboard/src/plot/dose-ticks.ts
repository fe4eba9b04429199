import type { Regimen } from '@cartkin/simulation'
import { type AmountModel, amountText } from '../regimen/amount-text.ts'
import { drugName } from '../regimen/dose-name.ts'
import type { Course } from '../state/course.ts'
import { timeText } from '../state/time-units.ts'
import { decidedRows } from './decided-rows.ts'
import { type DoseRow, doseRows } from './panel-rows.ts'

/** When something is given, and what, with its amount: by the regimen, and what its rules have decided. */
export function doseTicks(
  { doses }: Pick<Regimen, 'doses'>,
  course: Pick<Course, 'decided'> | null,
  model: AmountModel,
): readonly DoseRow[] {
  const named = doses.map((dose) => {
    const { label } = dose
    const hasAmount = label !== undefined && drugName(dose) !== label
    return { ...dose, label: hasAmount ? label : `${label ?? dose.cmt} ${amountText(dose, model)}` }
  })
  return [...doseRows(named), ...decidedRows(course?.decided ?? [])]
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
