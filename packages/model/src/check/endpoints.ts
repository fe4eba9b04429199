import type { ErrorArgument, ErrorModel } from '../model.ts'
import type { Assignment, Statement } from '../syntax/syntax.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import type { CheckContext } from './check-context.ts'
import type { Inputs } from './inputs.ts'
import { readErrorLine } from './residual-errors.ts'

/** The residual error lines of a text. */
export class Endpoints {
  readonly #context: CheckContext
  readonly #inputs: Inputs
  readonly #list: { readonly model: ErrorModel; readonly at: Extent }[] = []
  /** Where each endpoint was given its residual error. */
  readonly #places = new Map<string, Extent>()
  #namesOnLines: ReadonlySet<string> | undefined

  constructor(context: CheckContext, inputs: Inputs) {
    this.#context = context
    this.#inputs = inputs
  }

  get models(): readonly ErrorModel[] {
    return this.#list.map(({ model }) => model)
  }

  add(statement: Assignment, outermost: boolean): void {
    const { diagnostics } = this.#context
    const { name, at } = statement.target
    const model = readErrorLine(statement, (argument, place) => this.#argument(argument, place), diagnostics)
    if (!outermost) diagnostics.error(statement.at, 'A residual error line cannot stand inside `if`.')
    if (model === undefined) return
    const first = this.#places.get(model.endpoint)
    if (first !== undefined) {
      diagnostics.error(
        at,
        `The endpoint ${quote(model.endpoint)} has a residual error at ${diagnostics.lines.place(first)} already; give ${quote(name)} an endpoint of its own, \`${name} ~ … | name\`.`,
      )
    }
    this.#list.push({ model, at })
    this.#places.set(model.endpoint, at)
  }

  #argument(name: string, at: Extent): ErrorArgument | undefined {
    const { parameters, survey, states, diagnostics } = this.#context
    if (parameters.indexOf(name) !== undefined) return { kind: 'parameter', name }
    const variable = survey.variables.get(name)
    if (states.has(name) || variable?.shown === true) return { kind: 'output', name }
    if (variable !== undefined) {
      diagnostics.error(at, `${quote(name)} is hidden by \`~\`; assign it with \`<-\` to use it here.`)
      return undefined
    }
    this.#inputs.add(name, at)
    return { kind: 'parameter', name }
  }

  /** Reports what is observed and not there, once the outputs are known. */
  checkObserved(shown: ReadonlySet<string>): void {
    const { diagnostics } = this.#context
    for (const { model, at } of this.#list) {
      // counts are drawn from their own parameters: the name before `~` is only that of the endpoint
      if (shown.has(model.name) || model.kind !== 'continuous') continue
      diagnostics.error(
        at,
        `${quote(model.name)} has a residual error but is no state or output.${diagnostics.didYouMean(model.name, shown)}`,
      )
    }
  }

  /** `cmt(x)` of a name that is no state is for an endpoint of that name, as in nlmixr2. */
  checkCompartment(name: string, at: Extent): void {
    const { states, survey, diagnostics } = this.#context
    if (states.has(name) || survey.variables.has(name)) return
    this.#namesOnLines ??= namesOn(survey.errorLines)
    if (this.#namesOnLines.has(name)) return
    diagnostics.error(
      at,
      `cmt(${name}) is given, but there is no d/dt(${name}) and no value of that name.${diagnostics.didYouMean(name, states.keys())}`,
    )
  }
}

function namesOn(lines: Iterable<Statement>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const line of lines) {
    if (line.kind !== 'assignment') continue
    for (const node of line.value) if (node.kind === 'name') names.add(node.name)
  }
  return names
}
