import type { Model } from '@cartkin/model'
import { expandRegimen } from '../regimens/expand-regimen.ts'
import type { PatientQuantities, RegimenItem } from '../regimens/regimen-document.ts'
import { leadingNumber } from '../regimens/regimen-quantity.ts'
import type { DecisionDose } from './decision-rule.ts'

/** What a rule gives: a line of a regimen at a time `after` the decision (0), or one in words (see `readGift`). */
export type WrittenGift = string | WrittenDose

export interface WrittenDose extends Omit<RegimenItem, 'time' | 'day' | 'event' | 'removes' | 'regimen'> {
  readonly after?: number | string
}

const example = 'tocilizumab 8 mg/kg into TC1'

type Part = 'amount' | 'cmt' | 'over' | 'after' | 'atMost' | 'every' | 'times'

/** Parts of a dose in words, by the word before them; the amount has none. */
const partWords: ReadonlyMap<string, Part> = new Map([
  ['into', 'cmt'],
  ['over', 'over'],
  ['after', 'after'],
  ['up', 'atMost'],
  ['every', 'every'],
  ['times', 'times'],
])

/**
 * The doses that a line of a rule stands for. In words it is a name and an amount, `into` a state, and where wanted a cap
 * (`up to 800 mg`), a time of infusion (`over 1 h`), repeats (`every 6 h times 12`) and the time from the decision to the
 * first dose (`after 2 h`). Throws a RangeError that says what is wrong.
 */
export function readGift(model: Model, gift: WrittenGift, patient: PatientQuantities = {}): readonly DecisionDose[] {
  const { after = 0, ...item } = typeof gift === 'string' ? inParts(gift) : gift
  const expanded = expandRegimen({ doses: [{ ...item, time: after }], patient }, model)
  if (!expanded.ok) throw new RangeError(expanded.issues[0]?.message ?? 'cannot be read')
  return expanded.regimen.doses.map(({ time, cmt, amt, rate, duration, ii, addl, label }) => ({
    cmt,
    amt,
    ...(rate !== undefined && { rate }),
    ...(duration !== undefined && { duration }),
    ...(ii !== undefined && { ii }),
    ...(addl !== undefined && { addl }),
    ...(time !== 0 && { after: time }),
    ...(label !== undefined && { label }),
  }))
}

/** A line in words. */
function inParts(text: string): WrittenDose {
  const words = text.split(' ').filter((word) => word !== '')
  const name: string[] = []
  const parts = new Map<Part, string>()
  let part: Part | null = null
  for (let k = 0; k < words.length; k++) {
    const word = words[k]!
    const next: Part | undefined = part === null && word !== 'into' ? undefined : partWords.get(word)
    if (next !== undefined) {
      if (parts.has(next)) throw new RangeError(`${JSON.stringify(word)} stands twice`)
      if (word === 'up' && words[++k] !== 'to') throw new RangeError(`after "up" comes "to", such as up to 800 mg`)
      part = next
      parts.set(part, '')
    } else if (part === null && leadingNumber(word).value === null) name.push(word)
    else {
      const own: Part = part ?? 'amount'
      part = own
      parts.set(own, [parts.get(own) ?? '', word].join(' ').trim())
    }
  }
  const { amount, cmt, times, ...others } = Object.fromEntries(parts)
  if (amount === undefined) throw new RangeError(`an amount is missing, such as ${example}`)
  if (cmt === undefined) throw new RangeError(`the state is missing into which it is given, such as ${example}`)
  const label = [name.join(' '), amount].join(' ').trim()
  return {
    cmt,
    amount,
    ...others,
    ...(times !== undefined && { times: countOf(times) }),
    label: label.slice(0, 1).toUpperCase() + label.slice(1),
  }
}

function countOf(text: string): number {
  const { value, rest } = leadingNumber(text)
  if (value !== null && Number.isSafeInteger(value) && value >= 1 && rest === '') return value
  throw new RangeError(`after "times" comes a whole number from 1, got ${JSON.stringify(text)}`)
}
