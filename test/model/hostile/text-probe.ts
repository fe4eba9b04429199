import {
  analyseText,
  canonicalBytes,
  compileModel,
  completionsAt,
  type Diagnostic,
  definitionsAt,
  formatDiagnostic,
  hoverAt,
  latexDocument,
  type Model,
  normalisedText,
  parseExpression,
  parseModel,
  readUnit,
  textTokens,
} from '@cartkin/model'

/** What `probeText` found wrong, and the seconds that each stage took of the processor. */
export interface Probe {
  readonly problems: readonly string[]
  readonly seconds: Readonly<Record<string, number>>
}

/**
 * Puts a text through everything that reads texts, and says what must not be: an exception that is not documented,
 * a diagnostic without its place or beyond its bounds, a printed text that means something else.
 *
 * @param depth `run`: what a run needs, `all`: printing and the language service too.
 */
export function probeText(text: string, depth: 'run' | 'all'): Probe {
  const problems: string[] = []
  const seconds: Record<string, number> = {}
  const stage = <T>(name: string, run: () => T, isDocumented: (error: unknown) => boolean = () => false) => {
    const start = process.threadCpuUsage()
    try {
      return run()
    } catch (error) {
      if (!isDocumented(error))
        problems.push(`${name}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`)
      return undefined
    } finally {
      const { user, system } = process.threadCpuUsage(start)
      seconds[name] = (user + system) / 1e6
    }
  }
  const result = stage('parse', () => parseModel(text))
  if (result?.ok) {
    const { model } = result
    problems.push(...wrongDiagnostics(text, model.warnings))
    const compiled = stage('compile', () => compileModel(model), isBudget)
    if (compiled !== undefined) stage('evaluate', () => evaluate(compiled))
    if (depth === 'all') {
      stage('print', () => problems.push(...wrongPrint(model)))
      stage('latex', () => latexDocument(model))
    }
  } else if (result !== undefined) {
    if (result.diagnostics.length === 0) problems.push('refused without a reason')
    problems.push(...wrongDiagnostics(text, result.diagnostics))
    stage('format', () => {
      for (const diagnostic of result.diagnostics) problems.push(...wrongFormat(text, diagnostic))
    })
  }
  if (depth === 'run') return { problems: problems.slice(0, 5), seconds }
  stage('expression', () => {
    const expression = parseExpression(text)
    if (expression.ok) expression.evaluate(() => 1)
    else problems.push(...wrongDiagnostics(text, expression.diagnostics))
  })
  stage('unit', () => readUnit(text))
  const analysis = stage('analysis', () => analyseText(text))
  if (analysis !== undefined) {
    stage('colours', () => problems.push(...wrongTokens(text, textTokens(analysis))))
    for (const offset of new Set([0, 1, text.length >> 1, text.length - 1, text.length])) {
      stage(`help at ${offset}`, () => {
        hoverAt(analysis, offset)
        definitionsAt(analysis, offset)
        completionsAt(analysis, offset)
      })
    }
  }
  return { problems: problems.slice(0, 5), seconds }
}

/** The budgets of compileModel: "Throws a RangeError when the derivatives need more operations or partial derivatives". */
function isBudget(error: unknown): boolean {
  return error instanceof RangeError && /needs more than \d+ (operations|partial derivatives)/.test(error.message)
}

function evaluate(compiled: ReturnType<typeof compileModel>): void {
  const { model } = compiled
  const instance = compiled.instantiate()
  instance.setParameters(Float64Array.from(model.parameters, ({ value }) => (Number.isNaN(value) ? 1 : value)))
  instance.beginSegment(0)
  const y = new Float64Array(instance.dimension)
  instance.initialState(y)
  instance.derivative(0, y, new Float64Array(instance.dimension))
  instance.outputs(0, y, new Float64Array(model.outputs.length))
}

/** No message may hold these: they move the caret, hide text or turn it round. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

/** What is wrong with the number, places, lengths, letters and order of diagnostics. */
export function wrongDiagnostics(text: string, diagnostics: readonly Diagnostic[]): string[] {
  const problems: string[] = []
  if (diagnostics.length > 20) problems.push(`${diagnostics.length} diagnostics`)
  diagnostics.forEach(({ message, span: { offset, length, line, column } }, index) => {
    const isPlace =
      offset >= 0 && length >= 0 && offset + length <= Math.max(1, text.length) && line >= 1 && column >= 1
    if (!isPlace) problems.push(`place ${offset}+${length}, line ${line}, column ${column}: ${message}`)
    if (message === '' || message.length > 1000)
      problems.push(`message of ${message.length} letters: ${message.slice(0, 80)}`)
    if (invisible.test(message)) problems.push(`invisible character in: ${JSON.stringify(message)}`)
    if (offset < (diagnostics[index - 1]?.span.offset ?? 0)) problems.push(`not in order of place: ${message}`)
  })
  return problems
}

function wrongFormat(text: string, diagnostic: Diagnostic): string[] {
  const printed = formatDiagnostic(text, diagnostic, 'model.R')
  const lines = printed.split('\n')
  const isOdd = lines.length > 3 || lines.some((line) => invisible.test(line.replaceAll('\t', '')))
  return isOdd || printed.length > 1500 ? [`formatted: ${JSON.stringify(printed.slice(0, 300))}`] : []
}

/** Printed and read again, a model is the same, and printing it again changes nothing. */
export function wrongPrint(model: Model): string[] {
  const printed = normalisedText(model)
  // a printed text may be longer than the one it came from, and than may be
  if (printed.length > 2 ** 21) return []
  const again = parseModel(printed)
  if (!again.ok && again.diagnostics.some(({ message }) => message.includes('more than 500000 tokens'))) return []
  if (!again.ok) return [`printed text is refused: ${again.diagnostics[0]?.message}\n${printed.slice(0, 500)}`]
  if (Buffer.compare(canonicalBytes(model), canonicalBytes(again.model)) !== 0) {
    return [`printed text is another model:\n${printed.slice(0, 500)}`]
  }
  return normalisedText(again.model) === printed ? [] : [`printed twice it differs:\n${printed.slice(0, 500)}`]
}

function wrongTokens(text: string, tokens: readonly { readonly offset: number; readonly length: number }[]): string[] {
  let end = 0
  for (const { offset, length } of tokens) {
    if (offset < end || length < 0 || offset + length > text.length)
      return [`a token at ${offset}+${length}, after ${end}`]
    end = offset + length
  }
  return []
}
