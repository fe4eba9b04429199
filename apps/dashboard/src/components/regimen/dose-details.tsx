import { type RegimenDose, readTime } from '@cartkin/simulation'
import { readShares, splitDose } from '../../regimen/regimen-edits.ts'
import { durationText } from '../../regimen/rule-text.ts'
import { sentence } from '../../regimen/sentence.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { StepField } from '../controls/step-field.tsx'
import { useRegimen } from './use-regimen.ts'

interface DoseDetailsProps {
  readonly dashboard: Dashboard
  readonly index: number
  readonly dose: RegimenDose
  readonly name: string
}

/** Most doses that one line may stand for. */
const mostDoses = 10_000

/** How a dose is repeated, over what time it runs in, and a way to give it in parts. */
export function DoseDetails({ dashboard, index, dose, name }: DoseDetailsProps) {
  const { timeUnit } = dashboard.opened.value
  const actions = useRegimen(dashboard)
  const { ii: every, addl = 0, duration, rate: _, ...once } = dose
  const count = addl + 1
  const repeated = (interval: number | undefined, doses: number): void => {
    const repeats = doses > 1 && interval !== undefined ? { ii: interval, addl: doses - 1 } : {}
    const { ii: __, addl: ___, ...others } = dose
    actions.replaceDose(index, { ...others, ...repeats }, `Repeats of ${name}`)
  }
  const timeOf = (text: string, take: (time: number) => void): string => {
    const time = readTime(text.trim(), timeUnit, timeUnit)
    if (typeof time !== 'number') return sentence(time.problem)
    if (!(time > 0)) return `A time above 0, for example 8 h, got “${text.trim()}”.`
    take(time)
    return ''
  }
  const setCount = (text: string): string => {
    const wanted = Number(text)
    if (!Number.isInteger(wanted) || wanted < 1 || wanted > mostDoses)
      return `A whole number of doses from 1 to ${mostDoses}, got “${text.trim()}”.`
    repeated(every ?? 1, wanted)
    return ''
  }
  const setOver = (text: string): string => {
    if (text.trim() === '' || text.trim() === '0') {
      actions.replaceDose(index, { ...once, ...(addl > 0 && { ii: every ?? 1, addl }) }, `${name} at once`)
      return ''
    }
    return timeOf(text, (time) => {
      const next = { ...once, duration: time, ...(addl > 0 && { ii: every ?? 1, addl }) }
      actions.replaceDose(index, next, `${name} over ${durationText(time, timeUnit)}`)
    })
  }
  const split = (text: string): string => {
    if (text.trim() === '') return ''
    const shares = readShares(text)
    if ('problem' in shares) return shares.problem
    actions.edit(`Split ${name} in ${shares.length}`, (regimen) => splitDose(regimen, index, shares, every ?? 1))
    return ''
  }
  return (
    <fieldset class="dose-details">
      <legend class="visually-hidden">More on {name}</legend>
      <div class="detail">
        <span>Doses</span>
        <StepField
          name={`Number of doses of ${name}`}
          text={String(count)}
          commit={setCount}
          move={(sign) => repeated(every ?? 1, Math.max(1, count + sign))}
        />
      </div>
      <div class="detail">
        <span>Every</span>
        <StepField
          name={`Time between doses of ${name}`}
          hint="8 h"
          text={every === undefined ? '' : durationText(every, timeUnit)}
          commit={(text) => timeOf(text, (time) => repeated(time, Math.max(2, count)))}
        />
      </div>
      <div class="detail">
        <span>Over</span>
        <StepField
          name={`Infusion time of ${name}`}
          hint="at once"
          text={duration === undefined ? '' : durationText(duration, timeUnit)}
          commit={setOver}
        />
      </div>
      {count === 1 && (
        <div class="detail">
          <span>Split, %</span>
          <StepField name={`Shares of ${name} in per cent, one a day`} text="" hint="10, 30, 60" commit={split} />
        </div>
      )}
    </fieldset>
  )
}
