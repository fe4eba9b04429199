import type { AreaMethod, BelowRule, BelowRules } from '@cartkin/simulation'
import { Misuse } from '../failure.ts'
import { toAssignment, toCount, toNumber, toOneOf, toPositive, toText } from './convert.ts'
import { flag, optional, repeated } from './option.ts'

/** Options of the analysis itself. */
export const ncaOptionTable = {
  cells: flag('Cellular kinetics (expansion, contraction, persistence) in place of the figures of a drug'),
  quantity: repeated('NAME', 'What to analyse: a column of a result, an endpoint of the data (all of them)', toText),
  value: optional('COLUMN', 'Column of the values in a result with one row per quantity and time', toText),
  method: optional('NAME', 'linear, linear-log or linear-up-log-down (the default)', toMethod),
  blq: repeated(
    'RULE|PLACE=RULE',
    'Below quantification: drop, missing, zero or lloq/2; before, between, after the quantifiable values (zero, drop, zero)',
    toBelow,
  ),
  dose: optional('AMOUNT', 'Dose, where the data do not say it', toPositive),
  'dose-time': optional('TIME', 'Time of the dose or infusion, where the data do not say it (0)', toNumber),
  'which-dose': optional('first|last', 'Which of several doses to analyse (first)', toOneOf('first', 'last')),
  route: optional(
    'extravascular|bolus|infusion',
    'How it was given (extravascular; infusion where the data say a rate or duration)',
    toOneOf('extravascular', 'bolus', 'infusion'),
  ),
  duration: optional('TIME', 'Duration of an infusion, where the data do not say it', toPositive),
  tau: optional('TIME', 'Interval between doses at steady state', toPositive),
  partial: repeated('FROM:TO', 'A partial area, in time since the dose', toInterval),
  'lambda-z': optional('FROM:TO', 'Draw the terminal line through the points of this interval', toInterval),
  'min-points': optional('N', 'Fewest points of the terminal line (3)', toCount(3)),
  'include-peak': flag('Let the terminal line begin at the peak (that of a bolus may anyway)'),
  'aplasia-below': repeated(
    'NAME=VALUE',
    'Days for which a quantity (B cells) is below a value, and when it is back',
    toAplasia,
  ),
  unit: repeated('time|value|dose=UNIT', 'A unit that the file does not say', toUnit),
  out: optional('FILE', 'All figures, one row each: .arrow or .csv', toText),
  summary: optional('FILE', 'The figures over the subjects: .arrow or .csv', toText),
  points: optional('FILE', 'The points that the lines go through: .arrow or .csv', toText),
}

function toMethod(text: string): AreaMethod {
  const word = toOneOf('linear', 'linear-log', 'linear-up-log-down')(text)
  return word === 'linear-up-log-down' ? 'linear-up log-down' : word
}

function toBelow(text: string): readonly (readonly [place: keyof BelowRules, rule: BelowRule])[] {
  const toRule = toOneOf('drop', 'missing', 'zero', 'lloq/2')
  if (!text.includes('=')) return (['before', 'between', 'after'] as const).map((place) => [place, toRule(text)])
  const { name, text: rule } = toAssignment(text)
  return [[toOneOf('before', 'between', 'after')(name), toRule(rule)]]
}

function toInterval(text: string): readonly [from: number, to: number] {
  const [from = '', to = '', ...rest] = text.split(':')
  if (rest.length > 0) throw new RangeError('expected FROM:TO')
  const interval = [toNumber(from), toNumber(to)] as const
  if (!(interval[0] >= 0 && interval[0] < interval[1]))
    throw new RangeError('expected FROM:TO in time since the dose, from 0 or later to a later time')
  return interval
}

function toAplasia(text: string): readonly [quantity: string, threshold: number] {
  const { name, text: value } = toAssignment(text)
  return [name, toPositive(value)]
}

function toUnit(text: string): readonly [of: string, unit: string] {
  const { name, text: unit } = toAssignment(text)
  return [toOneOf('time', 'value', 'dose')(name), unit]
}

/** Refuses options of a drug with `--cells`. */
export function checkKind(given: Readonly<Record<string, unknown>>): void {
  const ofDrug = ['dose', 'which-dose', 'route', 'duration', 'tau', 'lambda-z', 'min-points', 'partial', 'include-peak']
  const wrong = ofDrug.find((name) => {
    const value = given[name]
    return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)
  })
  if (wrong !== undefined) throw new Misuse(`--${wrong} is of a drug; leave it out with --cells`)
}
