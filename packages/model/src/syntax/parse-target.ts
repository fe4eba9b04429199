import { didYouMean } from '../text/nearest-name.ts'
import { quote } from '../text/quote.ts'
import { across, type Extent } from '../text/source-text.ts'
import { isDerivative } from './parse-syntax-expression.ts'
import type { Target, TargetKind } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** A form that the left side of an assignment may have. */
export interface TargetForm {
  readonly kind: TargetKind
  /** As a message and the documentation write it. */
  readonly written: string
  readonly summary: string
}

/** Every left side that a statement may have. */
export const targetForms: readonly TargetForm[] = [
  { kind: 'variable', written: 'name', summary: 'a value, used by later lines and shown in results; `~` hides it' },
  { kind: 'derivative', written: 'd/dt(x)', summary: 'the rate of change of the state x' },
  { kind: 'initial', written: 'x(0)', summary: 'the value of the state x at the start; 0 where not given' },
  { kind: 'bioavailability', written: 'f(x)', summary: 'the fraction of a dose into x that arrives' },
  { kind: 'lag', written: 'lag(x)', summary: 'the time by which a dose into x is late; also written alag(x)' },
  { kind: 'duration', written: 'dur(x)', summary: 'the duration of an infusion into x with RATE -2' },
  { kind: 'rate', written: 'rate(x)', summary: 'the rate of an infusion into x with RATE -1' },
  { kind: 'modelTime', written: 'mtime(x)', summary: 'a time at which the model changes' },
]

/** The value observed by `linCmt() ~ …`, named as in rxode2. */
export const linearEndpoint = 'rxLinCmt'

/** Functions of a name that a statement may define. */
const properties: ReadonlyMap<string, TargetKind> = new Map<string, TargetKind>([
  ['f', 'bioavailability'],
  ['F', 'bioavailability'],
  ['lag', 'lag'],
  ['alag', 'lag'],
  ['dur', 'duration'],
  ['rate', 'rate'],
  ['mtime', 'modelTime'],
])

const loops: ReadonlySet<string> = new Set(['for', 'while', 'repeat', 'break', 'next', 'return', 'function'])

/** `=`, `<-` or `~`. */
export function isAssign(reader: TokenReader, ahead: number): boolean {
  return reader.isSign('=', ahead) || reader.isSign('<-', ahead) || reader.isSign('~', ahead)
}

/** The left side of an assignment, up to its operator; undefined where the statement is of another form. */
export function parseTarget(reader: TokenReader): Target | undefined {
  const token = reader.peek()
  if (token.kind !== 'name') return undefined
  if (isAssign(reader, 1)) {
    reader.next()
    return { kind: 'variable', name: token.name, at: token.at }
  }
  if (token.name === 'linCmt' && reader.isSign('(', 1) && reader.isSign(')', 2) && isAssign(reader, 3)) {
    for (let i = 0; i < 3; i++) reader.next()
    return { kind: 'variable', name: linearEndpoint, at: across(token.at, reader.last.at) }
  }
  if (loops.has(token.name) && (reader.isSign('(', 1) || reader.isSign('{', 1))) {
    reader.failAt(token.at, `${quote(token.name)} is not supported: a model has no loops and no functions of its own.`)
  }
  if (reader.isName('d') && reader.isSign('/', 1) && reader.isName('dt', 2)) return parseDerivativeTarget(reader)
  if (reader.isSign('(', 1)) return parsePropertyTarget(reader, token.name, token.at)
  return undefined
}

function parseDerivativeTarget(reader: TokenReader): Target {
  const start = reader.peek().at
  if (!isDerivative(reader)) {
    for (let i = 0; i < 3; i++) reader.next()
    reader.failAt(across(start, reader.last.at), '`d/dt` of nothing; expected d/dt(state) = expression.')
  }
  for (let i = 0; i < 3; i++) reader.next()
  reader.open('(', 'after `d/dt`')
  const state = reader.peek()
  if (reader.isSign(')')) {
    reader.next()
    reader.failAt(across(start, reader.last.at), '`d/dt()` of nothing; expected the name of a state in the brackets.')
  }
  if (state.kind !== 'name') reader.fail('the name of a state')
  reader.next()
  const end = reader.close(`after d/dt(${state.name}`)
  const target: Target = { kind: 'derivative', name: state.name, at: across(start, end.at) }
  if (!isAssign(reader, 0)) reader.fail(`\`=\` after d/dt(${state.name})`)
  if (reader.isSign('~')) {
    reader.diagnostics.warn(reader.peek().at, `\`~\` would hide ${state.name} from results; states are shown here.`)
  }
  return target
}

/** `x(0)`, `f(x)` and their kin; undefined where the call begins an expression. */
function parsePropertyTarget(reader: TokenReader, name: string, start: Extent): Target | undefined {
  const argument = reader.peek(2)
  if (!reader.isSign(')', 3) || !isAssign(reader, 4)) return undefined
  const at = across(start, reader.peek(3).at)
  for (let i = 0; i < 4; i++) reader.next()
  if (argument.kind === 'number') {
    if (argument.value !== 0) {
      reader.failAt(at, `${quote(`${name}(${argument.value})`)} is no initial value; expected ${name}(0) = expression.`)
    }
    return { kind: 'initial', name, at }
  }
  const kind = properties.get(name)
  if (name === 'll') {
    reader.failAt(at, `${quote(`${name}()`)} before \`~\` is not supported yet.`)
  }
  if (argument.kind !== 'name')
    reader.failAt(at, `The name of a state was expected in ${quote(`${name}()`)}.`, argument)
  if (kind === undefined) {
    const known = [...properties.keys()].map((property) => `${property}(${argument.name})`)
    reader.failAt(
      at,
      `${quote(`${name}(${argument.name})`)} cannot be assigned to; expected ${argument.name}(0), d/dt(${argument.name}), ${known.join(', ')}.${didYouMean(name, properties.keys())}`,
    )
  }
  return { kind, name: argument.name, at }
}
