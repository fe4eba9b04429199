import type { Regimen, RegimenDose } from '@cartkin/simulation'
import { drugWord } from '../../regimen/dose-name.ts'
import { shifted, withDose } from '../../regimen/regimen-edits.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { timeText } from '../../state/time-units.ts'
import { typedNumber } from '../../state/typed-number.ts'

/** What can be done with the regimen of the active scenario. Each is a step with a name that says it. */
export interface RegimenActions {
  readonly regimen: Regimen
  /** One step of a time by a button or an arrow. */
  readonly timeStep: number
  /** Changes it as the regimen is at that moment. */
  edit(label: string, change: (regimen: Regimen) => Regimen, merge?: string): void
  /** Moves one dose; `merge` while it is dragged. */
  moveDose(index: number, time: number, merge?: string): void
  /** Moves doses together, none to before the run begins. */
  moveAll(title: string, indices: ReadonlySet<number>, by: number): void
  replaceDose(index: number, dose: RegimenDose, label: string): void
  /** Reads a typed time; why it is none, or what is done with it. */
  withTime(text: string, take: (time: number) => void): string
}

export function useRegimen(dashboard: Dashboard): RegimenActions {
  const { regimen } = dashboard.scenario.value
  const { start, timeUnit } = dashboard.opened.value
  const present = (): Regimen => dashboard.scenario.peek().regimen
  const at = (time: number): string => timeText(timeUnit, String(Number(time.toPrecision(6))))
  const edit: RegimenActions['edit'] = (label, change, merge) => {
    const before = present()
    const after = change(before)
    if (after !== before) dashboard.setRegimen(after, label, merge)
  }
  return {
    regimen,
    timeStep: 1,
    edit,
    moveDose(index, time, merge) {
      const dose = present().doses[index]
      const to = Math.max(start, time)
      if (!dose || dose.time === to) return
      edit(`Move ${drugWord(dose)} to ${at(to)}`, (before) => withDose(before, index, { ...dose, time: to }), merge)
    },
    moveAll(title, indices, by) {
      edit(`Move ${title} by ${by > 0 ? '+' : '−'}${Math.abs(by)}`, (before) => shifted(before, indices, by, start))
    },
    replaceDose(index, dose, label) {
      edit(label, (before) => withDose(before, index, dose))
    },
    withTime(text, take) {
      const typed = typedNumber(text)
      if (typed.kind === 'empty') return 'Type a time, for example 5.'
      if (typed.kind === 'refused') return typed.problem
      if (typed.value < start) return `The run begins at ${start}; ${typed.value} is before that.`
      take(typed.value)
      return ''
    },
  }
}
