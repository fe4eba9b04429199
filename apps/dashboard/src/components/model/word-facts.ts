import { trustTags } from '@cartkin/cart-models'
import type { Hover } from '@cartkin/model'
import type { ParameterInfo } from '../../state/opened-model.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

/** What the page knows of a parameter beyond its line in the text. */
export interface KnownParameter {
  /** Its present value, where a slider or box has set another than the text's. */
  readonly set: number | null
  readonly evidence: ParameterInfo['evidence']
}

/** What is told of a word in the text, as plain words. */
export interface WordFacts {
  readonly name: string
  /** "parameter", "state", … */
  readonly kind: string
  readonly meaning: string
  readonly unit: string
  /** Value with bounds, where there is one; then what it is set to now. */
  readonly value: string
  /** How far the value can be trusted, and where it comes from. */
  readonly source: string
  /** Lines of the text that give it, or how it is written. */
  readonly code: readonly string[]
}

const kinds = {
  state: 'state',
  parameter: 'parameter',
  eta: 'random effect',
  input: 'input, given by data or by hand',
  output: 'output',
  local: 'value that results do not show',
  function: 'function',
} as const

export function wordFacts(hover: Hover, known: KnownParameter | null): WordFacts {
  const kind = kinds[hover.kind]
  if (hover.kind === 'function')
    return { name: hover.name, kind, meaning: hover.summary, unit: '', value: '', source: '', code: [hover.signature] }
  const { name, label, unit, lines } = hover
  return {
    name,
    kind,
    meaning: label,
    unit: unitText(unit),
    value: valueText(hover, known),
    source: sourceOf(known),
    code: lines,
  }
}

/** The same in one line: "rho: parameter, 1.6 /day, Fastest CAR-T proliferation". */
export function factsLine({ name, kind, meaning, unit, value, code }: WordFacts): string {
  const start = [kind, value || unit, meaning].filter(Boolean).join(', ')
  return `${name}: ${start}${meaning === '' && code[0] ? `, ${code[0]}` : ''}`
}

function valueText(hover: Exclude<Hover, { readonly kind: 'function' }>, known: KnownParameter | null): string {
  const { parameter, kind } = hover
  if (parameter === undefined || kind === 'input') return ''
  const unit = unitText(hover.unit)
  const withUnit = (value: number): string => `${formatNumber(value)}${unit.startsWith('/') ? '' : ' '}${unit}`.trim()
  const { lower, upper, fixed } = parameter
  const bounds =
    Number.isFinite(lower) || Number.isFinite(upper) ? ` (${formatBound(lower)} to ${formatBound(upper)})` : ''
  const set = known && known.set !== null ? `, set to ${withUnit(known.set)}` : ''
  return `${withUnit(parameter.value)}${bounds}${fixed ? ', fixed' : ''}${set}`
}

function formatBound(value: number): string {
  if (Number.isFinite(value)) return formatNumber(value)
  return value < 0 ? 'no lower bound' : 'no upper bound'
}

function sourceOf(known: KnownParameter | null): string {
  if (!known?.evidence) return ''
  const { trust, source } = known.evidence
  return trust === null ? source : `${trustTags[trust].meaning}: ${source}`
}
