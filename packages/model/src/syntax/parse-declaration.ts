import { quote } from '../text/quote.ts'
import { across, type Extent } from '../text/source-text.ts'
import { parseSyntaxExpression } from './parse-syntax-expression.ts'
import { isAssign } from './parse-target.ts'
import type { Declaration } from './syntax.ts'
import type { TokenReader } from './token-reader.ts'

/** Statements that say something of names and compute nothing. */
export const declarationForms: readonly { readonly written: string; readonly summary: string }[] = [
  { written: 'cmt(x)', summary: 'x is the next compartment; states named so come first, in this order' },
  { written: 'dvid(3, 4)', summary: 'the compartments that DVID 1, 2, … of the data mean' },
  { written: 'levels(x) <- c("a", "b")', summary: 'the texts of x, in the order of their codes; also labels(x)' },
  { written: 'locf(WT)', summary: 'an input that changes with time: each value holds from its time on' },
  {
    written: 'nocb(WT)',
    summary: 'an input that changes with time: each value holds back to the time of the one before',
  },
  { written: 'linear(WT)', summary: 'an input that changes with time: straight from one value to the next' },
  {
    written: 'midpoint(WT)',
    summary: 'an input that changes with time: each value holds to the middle between two times',
  },
  { written: 'unit(x) <- "mg/L"', summary: 'the unit of x, before that of its comment; also units(x)' },
  { written: 'df(x)/dy(y) = 1', summary: 'a derivative by hand; passed over, since derivatives are exact' },
  { written: 'param(a, b)', summary: 'an order of parameters; of no effect here' },
]

/** Statements that are legal in rxode2 and refused here, and why or what to do. */
export const refusedStatements: ReadonlyMap<string, string> = new Map([
  ['interp', 'write locf(), nocb(), linear() or midpoint() of the input'],
  ['print', 'a model prints nothing; delete the line'],
  ['printf', 'a model prints nothing; delete the line'],
  ['Rprintf', 'a model prints nothing; delete the line'],
  ['evid_', 'doses from within a model are not supported yet'],
])

/** Reads a declaration; undefined where the statement is none. */
export function parseDeclaration(reader: TokenReader): Declaration | undefined {
  const token = reader.peek()
  if (token.kind !== 'name' || !reader.isSign('(', 1)) return undefined
  const { name, at } = token
  switch (name) {
    case 'cmt':
    case 'compartment': {
      const names = parseNames(reader, at)
      const [first, second] = names
      if (first === undefined || second !== undefined) {
        return reader.failAt(across(at, reader.last.at), `One name was expected in ${quote(`${name}()`)}.`)
      }
      return { kind: 'compartment', name: first, at: across(at, reader.last.at) }
    }
    case 'param':
    case 'params':
      return { kind: 'order', names: parseNames(reader, at), at: across(at, reader.last.at) }
    case 'locf':
    case 'nocb':
    case 'linear':
    case 'midpoint':
      if (isAssign(reader, 4)) return undefined
      return {
        kind: 'interpolation',
        interpolation: name,
        names: parseNames(reader, at),
        at: across(at, reader.last.at),
      }
    case 'dvid':
      return { kind: 'dvid', numbers: parseNumbers(reader), at: across(at, reader.last.at) }
    case 'df':
      return reader.isSign('/', 4) && reader.isName('dy', 5) ? parseJacobian(reader, at) : undefined
    case 'unit':
    case 'units':
      return reader.isSign(')', 3) && isAssign(reader, 4) ? parseUnit(reader, at) : undefined
    case 'levels':
    case 'labels':
      return reader.isSign(')', 3) && isAssign(reader, 4) ? parseLevels(reader, at) : undefined
    default: {
      const reason = refusedStatements.get(name)
      if (reason !== undefined && !isAssign(reader, 4)) {
        reader.failAt(at, `${quote(`${name}()`)} is not supported: ${reason}.`)
      }
      return undefined
    }
  }
}

/** `df(x)/dy(y) = …`: passed over, since derivatives are exact. */
function parseJacobian(reader: TokenReader, at: Extent): Declaration {
  parseNames(reader, at)
  reader.next()
  parseNames(reader, reader.peek().at)
  if (!isAssign(reader, 0)) reader.fail('`=` after `df()/dy()`')
  reader.next()
  parseSyntaxExpression(reader)
  const whole = across(at, reader.last.at)
  reader.diagnostics.warn(whole, 'A derivative given by hand is not used: derivatives are exact.')
  return { kind: 'jacobian', at: whole }
}

function parseNames(reader: TokenReader, at: Extent): string[] {
  reader.next()
  reader.open('(', 'before the names')
  const names: string[] = []
  if (!reader.isSign(')')) {
    do {
      const token = reader.peek()
      if (token.kind !== 'name') reader.fail('a name')
      names.push(token.name)
      reader.next()
    } while (reader.takeSign(','))
  }
  reader.close('after the names')
  if (names.length === 0) reader.failAt(across(at, reader.last.at), 'There are no names between the brackets.')
  return names
}

function parseNumbers(reader: TokenReader): number[] {
  reader.next()
  reader.open('(', 'before the numbers')
  const numbers: number[] = []
  do {
    const isNegative = reader.takeSign('-')
    const token = reader.peek()
    if (token.kind !== 'number' || !Number.isInteger(token.value) || token.value === 0) {
      reader.fail('the number of a compartment')
    }
    reader.next()
    numbers.push(isNegative ? -token.value : token.value)
  } while (reader.takeSign(','))
  reader.close('after the numbers')
  return numbers
}

function parseLevels(reader: TokenReader, at: Extent): Declaration {
  const target = reader.peek(2)
  if (target.kind !== 'name')
    return reader.failAt(target.at, 'The name of an input was expected in `levels()`.', target)
  for (let i = 0; i < 5; i++) reader.next()
  const levels: string[] = []
  if (reader.isName('c') && reader.isSign('(', 1)) {
    reader.next()
    reader.open('(', 'before the texts')
    do {
      levels.push(parseText(reader))
    } while (reader.takeSign(','))
    reader.close('after the texts')
  } else levels.push(parseText(reader))
  return { kind: 'levels', name: target.name, levels, at: across(at, reader.last.at) }
}

function parseUnit(reader: TokenReader, at: Extent): Declaration {
  const target = reader.peek(2)
  if (target.kind !== 'name') return reader.failAt(target.at, 'A name was expected in `unit()`.', target)
  for (let i = 0; i < 5; i++) reader.next()
  const unit = parseText(reader)
  return { kind: 'unit', name: target.name, unit, at: across(at, reader.last.at) }
}

function parseText(reader: TokenReader): string {
  const token = reader.peek()
  if (token.kind !== 'string') return reader.fail('a text in quotes')
  reader.next()
  return token.value
}
