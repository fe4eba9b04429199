import type { Bounds, Desk } from '../document/desk.ts'
import type { Scenario } from '../document/scenario.ts'
import type { OpenedModel, ParameterInfo } from './opened-model.ts'
import { usualBounds } from './parameter-scale.ts'
import { typedNumber } from './typed-number.ts'

/** Parameters as lines with tabs between the cells, as spreadsheets copy and paste them. */
export function parameterTable(
  parameters: Iterable<ParameterInfo>,
  { parameters: changed }: Pick<Scenario, 'parameters'>,
  { bounds, fixed }: Pick<Desk, 'bounds' | 'fixed'>,
): string {
  const header = ['name', 'value', 'unit', 'lower', 'upper', 'fixed', 'meaning']
  const rows = [...parameters].map((info) => {
    const { name, value, unit, label } = info
    const { lower, upper } = bounds[name] ?? usualBounds(info)
    return [name, changed[name] ?? value, unit, lower, upper, fixed.includes(name) ? 'yes' : 'no', label]
  })
  return `${[header, ...rows].map((cells) => cells.map(cellText).join('\t')).join('\n')}\n`
}

/** A meaning with a tab or an end of line in it would be another cell. */
function cellText(cell: string | number): string {
  return String(cell).replaceAll(/[\t\r\n]+/g, ' ')
}

export interface ReadParameters {
  readonly values: Readonly<Record<string, number>>
  /** Bounds that were given with them. */
  readonly bounds: Readonly<Record<string, Bounds>>
  readonly problems: readonly TableProblem[]
}

export interface TableProblem {
  /** Line of the text, from 1. */
  readonly line: number
  readonly text: string
}

/** Longest text that is read. */
const longest = 1_000_000

/**
 * Reads lines `name TAB value`, as they come from a spreadsheet; of a table with a header also the columns `lower` and
 * `upper`. Between the cells may stand tabs, semicolons or, where there is neither, blanks. Each line that is no parameter of
 * the model or no number it allows is told, and the others count.
 */
export function readParameterTable(text: string, { parameters }: Pick<OpenedModel, 'parameters'>): ReadParameters {
  if (text.length > longest)
    return { values: {}, bounds: {}, problems: [{ line: 1, text: `The text is longer than ${longest} characters.` }] }
  const values: Record<string, number> = {}
  const bounds: Record<string, Bounds> = {}
  const problems: TableProblem[] = []
  let columns: Columns = { name: 0, value: 1, lower: -1, upper: -1 }
  let isFirst = true
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    if (line.trim() === '') return
    const cells = cellsOf(line)
    const header = isFirst ? headerOf(cells) : null
    isFirst = false
    if (header) {
      columns = header
      return
    }
    const tell = (problem: string): void => void problems.push({ line: index + 1, text: problem })
    const name = cells[columns.name] ?? ''
    const info = parameters.get(name)
    if (!info) {
      tell(`The model has no parameter “${name.slice(0, 60)}”.`)
      return
    }
    const typed = typedNumber(cells[columns.value] ?? '')
    if (typed.kind === 'empty') tell(`${name} has no value.`)
    else if (typed.kind === 'refused') tell(`${name}: ${typed.problem}`)
    else if (!(typed.value >= info.lowest && typed.value <= info.highest))
      tell(`${name}: ${typed.value} is outside what the model allows, ${info.lowest} to ${info.highest}.`)
    else values[name] = typed.value
    const [lower, upper] = [typedNumber(cells[columns.lower] ?? ''), typedNumber(cells[columns.upper] ?? '')]
    if (lower.kind === 'empty' && upper.kind === 'empty') return
    const usual = usualBounds(info)
    const given = {
      lower: lower.kind === 'number' ? lower.value : usual.lower,
      upper: upper.kind === 'number' ? upper.value : usual.upper,
    }
    const isSound = given.lower < given.upper && given.lower >= info.lowest && given.upper <= info.highest
    if (lower.kind === 'refused' || upper.kind === 'refused' || !isSound) tell(`${name}: its bounds cannot be used.`)
    else if (given.lower !== usual.lower || given.upper !== usual.upper) bounds[name] = given
  })
  return { values, bounds, problems }
}

interface Columns {
  readonly name: number
  readonly value: number
  readonly lower: number
  readonly upper: number
}

function headerOf(cells: readonly string[]): Columns | null {
  const at = (name: string): number => cells.findIndex((cell) => cell.toLowerCase() === name)
  const name = Math.max(at('name'), at('parameter'))
  const value = at('value')
  return name < 0 || value < 0 ? null : { name, value, lower: at('lower'), upper: at('upper') }
}

function cellsOf(line: string): readonly string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(';') ? ';' : /\s+/
  return line
    .trim()
    .split(separator)
    .map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}
