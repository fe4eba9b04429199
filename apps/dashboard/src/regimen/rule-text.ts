import type { Model } from '@cartkin/model'
import {
  type DecisionCondition,
  type DecisionDose,
  type DecisionRule,
  RuleTextError,
  readRule,
} from '@cartkin/simulation'
import { amountText } from './amount-text.ts'
import { drugName } from './dose-name.ts'
import { sentence } from './sentence.ts'

/** A rule as it is typed. */
export interface RuleFields {
  readonly name: string
  /** `TEMP >= 38 for 12 h` */
  readonly when: string
  /** `tocilizumab 8 mg/kg up to 800 mg into TC1`; a line for each. */
  readonly give: string
  /** Empty: once, or with a time apart as often as the condition holds. */
  readonly atMost: string
  /** `8 h`; empty: it decides once. */
  readonly apart: string
}

export type TypedRule =
  | { readonly kind: 'rule'; readonly rule: DecisionRule }
  | { readonly kind: 'refused'; readonly problems: Partial<Readonly<Record<keyof RuleFields, string>>> }

/** Reads a typed rule, or says what is wrong at which field. */
export function typedRule(fields: RuleFields, model: Model): TypedRule {
  const name = fields.name.trim()
  const lines = fields.give.split('\n').filter((line) => line.trim() !== '')
  const atMost = fields.atMost.trim() === '' ? undefined : Number(fields.atMost)
  const apart = fields.apart.trim()
  const problems: Partial<Record<keyof RuleFields, string>> = {}
  if (name === '') problems.name = 'Give the rule a name.'
  if (fields.when.trim() === '') problems.when = 'Type a condition, for example TEMP >= 38 for 12 h.'
  if (lines.length === 0) problems.give = 'Type what is given, for example tocilizumab 8 mg/kg into TC1.'
  if (atMost !== undefined && !(Number.isSafeInteger(atMost) && atMost >= 1))
    problems.atMost = `A whole number from 1, got “${fields.atMost.trim()}”.`
  if ((atMost ?? 1) > 1 && apart === '') problems.apart = `${atMost} times need a time apart, such as 8 h.`
  const read = (part: Partial<Record<'when' | 'give' | 'apart', string>>): DecisionRule | null => {
    const { when = never, give, apart: between = '' } = part
    try {
      return readRule(model, {
        name,
        when,
        give: give === undefined ? [] : lines,
        ...(between !== '' && { apart: between }),
        ...(atMost !== undefined && { atMost }),
      })
    } catch (error) {
      if (!(error instanceof RuleTextError)) throw error
      const field = error.path[0]
      if (field === 'when' || field === 'give' || field === 'apart') problems[field] ??= sentence(error.message)
      return null
    }
  }
  // each part by itself, so that all that is wrong is told at once
  if (problems.when === undefined) read({ when: fields.when })
  if (problems.give === undefined) read({ give: fields.give })
  if (problems.apart === undefined) read({ apart })
  if (Object.keys(problems).length > 0) return { kind: 'refused', problems }
  const rule = read({ when: fields.when, give: fields.give, apart })
  if (!rule) return { kind: 'refused', problems }
  if (rule.apart !== undefined && !(rule.apart > 0))
    return { kind: 'refused', problems: { apart: `A time above 0, such as 8 h, got “${apart}”.` } }
  return { kind: 'rule', rule }
}

/** A condition that stands for none while another part is read. */
const never: DecisionCondition = { any: [] }

/** A rule as it would be typed. */
export function ruleFields({ name, when, give, atMost, apart }: DecisionRule, model: Model): RuleFields {
  return {
    name,
    when: conditionText(when, model.timeUnit),
    give: give.map((dose) => giftText(dose, model)).join('\n'),
    atMost: atMost === undefined ? '' : String(atMost),
    apart: apart === undefined ? '' : durationText(apart, model.timeUnit),
  }
}

const signs = [
  ['atLeast', '>='],
  ['above', '>'],
  ['atMost', '<='],
  ['below', '<'],
] as const

/** A condition in the words that `readCondition` reads. */
export function conditionText(condition: DecisionCondition, timeUnit: string): string {
  const holding = holdingText(condition, timeUnit)
  if ('quantity' in condition) {
    const bounds: Partial<Record<(typeof signs)[number][0], number | string>> = condition
    const [key, sign] = signs.find(([name]) => bounds[name] !== undefined) ?? signs[0]
    return `${condition.quantity} ${sign} ${bounds[key]}${holding}`
  }
  const isAll = 'all' in condition
  const parts = (isAll ? condition.all : condition.any).map(bare)
  const texts = parts.map((part) => {
    const text = conditionText(part, timeUnit)
    // `and` binds closer than `or`
    const isLoose = parts.length > 1 && isAll && 'any' in part && holdingText(part, timeUnit) === ''
    return isLoose ? `(${text})` : text
  })
  const joined = texts.join(isAll ? ' and ' : ' or ')
  return holding === '' ? joined : `(${joined})${holding}`
}

/** Brackets around one condition alone, without a time of their own, say nothing. */
function bare(condition: DecisionCondition): DecisionCondition {
  if ('quantity' in condition || holdingText(condition, '') !== '') return condition
  const parts = 'all' in condition ? condition.all : condition.any
  const [only] = parts
  return parts.length === 1 && only ? bare(only) : condition
}

function holdingText({ forTime, from, until }: DecisionCondition, timeUnit: string): string {
  const part = (word: string, time: number | undefined): string =>
    time === undefined ? '' : ` ${word} ${durationText(time, timeUnit)}`
  return `${part('for', forTime)}${part('from', from)}${part('until', until)}`
}

/** A time with its unit, in hours where that is the whole number: `8 h` for a third of a day. */
export function durationText(time: number, timeUnit: string): string {
  const hours = Math.round(24 * time)
  if (timeUnit === 'day' && !Number.isInteger(time) && hours / 24 === time) return `${hours} h`
  return timeUnit === '' ? String(time) : `${time} ${timeUnit}`
}

/** A dose of a rule in words: `tocilizumab 8 mg/kg up to 800 mg into TC1 over 1 h after 1 h`. */
export function giftText(dose: DecisionDose, model: Model): string {
  const { cmt, duration, ii, addl, after } = dose
  const name = drugName(dose)
  const time = (word: string, value: number | undefined): string =>
    value === undefined ? '' : ` ${word} ${durationText(value, model.timeUnit)}`
  const repeats = addl === undefined ? '' : `${time('every', ii)} times ${addl + 1}`
  const words = dose.label === undefined ? '' : `${name.charAt(0).toLowerCase()}${name.slice(1)} `
  const [amount, cap] = amountText(dose, model).split(' up to ')
  return `${words}${amount} into ${cmt}${cap === undefined ? '' : ` up to ${cap}`}${time('over', duration)}${repeats}${time('after', after)}`
}
