import type { Model } from '../model.ts'
import { parseSyntax } from '../syntax/parse-syntax.ts'
import type { IniStatement, MetadataValue, Statement, SyntaxTree, Target } from '../syntax/syntax.ts'
import { Diagnostics } from '../text/diagnostics.ts'
import { printComment } from './print-comment.ts'
import { printExpression } from './print-expression.ts'
import { printNumber, printString } from './print-literal.ts'
import { isBareName, printName } from './print-name.ts'

/**
 * The text of a model in one canonical form: a statement a line, two blanks of indent, brackets only where precedence
 * needs them, numbers as short as they read back, unit and label comments as `# [unit] label`. `ini({})` and `model({})`
 * stand in a function where the text had them. Comments on lines of their own are left out, but for the title.
 *
 * It computes what the model computes, and normalising it again changes nothing.
 */
export function normalisedText(model: Model): string {
  return printTree(parseSyntax(model.text, new Diagnostics(model.text)))
}

/**
 * A text in canonical form.
 *
 * @param headings comments on lines of their own, by the statement or entry of `ini` that they stand before.
 */
export function printTree({ title, name, metadata, ini, body }: SyntaxTree, headings: Headings = noHeadings): string {
  const about = [...metadata].flatMap(([name, value]) => printMetadata(name, value))
  const head = printTitle(title)
  const units = declaredUnits(body)
  const headed = <T extends Statement | IniStatement>(
    list: readonly T[],
    indent: string,
    print: (one: T) => string[],
  ) =>
    list.flatMap((one) => {
      const heading = printTitle(headings.get(one) ?? '')
      return [...(heading.length === 0 ? [] : ['', `${indent}${heading.join('')}`]), ...print(one)]
    })
  const statements = (indent: string) => headed(body, indent, (one) => printStatement(one, indent, units))
  if (about.length === 0 && ini === undefined) return lines([...head, ...statements('')])
  const entries = headed(ini ?? [], '  ', (entry) => [`  ${printIni(entry, units)}`])
  const blocks = [...(ini === undefined ? [] : ['ini({', ...entries, '})']), 'model({', ...statements('  '), '})'].map(
    (line) => (line === '' ? '' : `  ${line}`),
  )
  // only a function is a model that R can read
  return lines([...head, `${printName(name === '' ? 'published' : name)} <- function() {`, ...about, ...blocks, '}'])
}

/** Comments before statements. */
export type Headings = ReadonlyMap<Statement | IniStatement, string>

const noHeadings: Headings = new Map()

function printMetadata(name: string, value: MetadataValue): string[] {
  const printed = printMetadataValue(value)
  return printed === undefined ? [] : [`  ${printName(name)} <- ${printed}`]
}

/** Undefined where the text has a value that is not simple. */
function printMetadataValue(value: MetadataValue): string | undefined {
  switch (typeof value) {
    case 'undefined':
      return undefined
    case 'string':
      return printString(value)
    case 'number':
      return printNumber(value)
    case 'boolean':
      return value ? 'TRUE' : 'FALSE'
    case 'object': {
      const entries: string[] = []
      let unnamed = 0
      for (const [name, entry] of value.entries) {
        const printed = printMetadataValue(entry)
        if (printed === undefined) continue
        // entries without a name are numbered
        const key = name === `${unnamed + 1}` ? '' : `${isBareName(name) ? name : printString(name)} = `
        if (key === '') unnamed++
        entries.push(`${key}${printed}`)
      }
      return entries.length === 0 ? undefined : `list(${entries.join(', ')})`
    }
  }
}

function lines(printed: readonly string[]): string {
  return printed.map((line) => `${line}\n`).join('')
}

function printTitle(title: string): string[] {
  let start = 0
  const line = Array.from(title, (character) => (character < ' ' ? ' ' : character)).join('')
  while (line[start] === '#' || line[start] === "'" || line[start] === ' ') start++
  const words = line.slice(start).trim()
  return words === '' ? [] : [`# ${words}`]
}

function printIni(entry: IniStatement, units: ReadonlyMap<string, string>): string {
  switch (entry.kind) {
    case 'theta':
      return `${printName(entry.name)} <- ${printExpression(entry.value)}${printComment(entry.comment, units.get(entry.name))}`
    case 'omega': {
      const names = entry.names.map(({ name }) => printName(name)).join(' + ')
      const level = entry.level === 'id' ? '' : ` | ${printName(entry.level)}`
      return `${names} ~ ${printExpression(entry.value)}${level}${printComment(entry.comment)}`
    }
    case 'label':
      return `label(${printString(entry.text)})`
    case 'backTransform':
      return `backTransform(${printString(entry.name)})`
    case 'broken':
      return unprintable()
  }
}

function printStatements(
  statements: readonly Statement[],
  indent: string,
  units: ReadonlyMap<string, string>,
): string[] {
  return statements.flatMap((statement) => printStatement(statement, indent, units))
}

/** Units of `unit(x) <- "mg/L"` at the outermost level, which are written into comments. */
function declaredUnits(body: readonly Statement[]): ReadonlyMap<string, string> {
  return new Map(body.flatMap((statement) => (statement.kind === 'unit' ? [[statement.name, statement.unit]] : [])))
}

/** Nesting is bounded by the parser's budget. */
function printStatement(statement: Statement, indent: string, units: ReadonlyMap<string, string>): string[] {
  switch (statement.kind) {
    case 'assignment': {
      const { target, hidden, value, comment } = statement
      // `~` hides variables alone
      const sign = hidden && target.kind === 'variable' ? '~' : '='
      const carriesUnit = target.kind === 'variable' || target.kind === 'derivative'
      const note = printComment(comment, carriesUnit ? units.get(target.name) : undefined)
      return [`${indent}${printTarget(target)} ${sign} ${printExpression(value)}${note}`]
    }
    case 'conditional': {
      const printed: string[] = []
      for (const { condition, body } of statement.branches) {
        const start = printed.length === 0 ? indent : `${indent}} else `
        printed.push(`${start}if (${printExpression(condition)}) {`, ...printStatements(body, `${indent}  `, units))
      }
      if (statement.otherwise.length > 0) {
        printed.push(`${indent}} else {`, ...printStatements(statement.otherwise, `${indent}  `, units))
      }
      return [...printed, `${indent}}`]
    }
    case 'compartment':
      return [`${indent}cmt(${printName(statement.name)})`]
    case 'interpolation':
      return [`${indent}${statement.interpolation}(${statement.names.map(printName).join(', ')})`]
    case 'dvid':
      return [`${indent}dvid(${statement.numbers.join(', ')})`]
    case 'levels': {
      const levels = statement.levels.map(printString).join(', ')
      return [`${indent}levels(${printName(statement.name)}) <- c(${levels})`]
    }
    // derivatives by hand are not used; units stand in comments
    case 'jacobian':
    case 'unit':
      return []
    case 'order':
      return [`${indent}param(${statement.names.map(printName).join(', ')})`]
    case 'broken':
      return unprintable()
  }
}

/** What a statement gives a value to, as it is written. */
function printTarget({ kind, name }: Target): string {
  const written = printName(name)
  switch (kind) {
    case 'variable':
      return written
    case 'derivative':
      return `d/dt(${written})`
    case 'initial':
      return `${written}(0)`
    case 'bioavailability':
      return `f(${written})`
    case 'lag':
      return `lag(${written})`
    case 'duration':
      return `dur(${written})`
    case 'rate':
      return `rate(${written})`
    case 'modelTime':
      return `mtime(${written})`
  }
}

function unprintable(): never {
  throw new Error('a checked model has no broken statement')
}
