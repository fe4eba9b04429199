import { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence, GraphBudgetError } from '../graph/graph-builder.ts'
import type { ErrorModel, Model, Output, State } from '../model.ts'
import type {
  Assignment,
  Conditional,
  Expression,
  Statement,
  SyntaxTree,
  Target,
  TargetKind,
} from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { didYouMean } from '../text/nearest-name.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { Switches } from './compare.ts'
import { isErrorLine, readErrorLine } from './error-lines.ts'
import { functions } from './functions.ts'
import { literalValue, lowerExpression, type Meaning, namedConstants } from './lower-expression.ts'
import { covariate, literalParameter, Parameters } from './parameters.ts'
import { type Binding, bindingKey, Scope } from './scope.ts'
import { type Survey, survey } from './survey.ts'
import { readUnitComment } from './unit-comment.ts'

/** Names of rxode2 that stand for something of the run; not supported yet, and not to be assigned. */
const reserved: ReadonlySet<string> = new Set(
  'tad tad0 tafd tlast podo newind id cmt evid dvid NA NaN NULL M_E if else function'.split(' '),
)

/** How a target is written. */
function written(kind: TargetKind, name: string): string {
  const forms: Record<TargetKind, string> = {
    variable: name,
    derivative: `d/dt(${name})`,
    initial: `${name}(0)`,
    bioavailability: `f(${name})`,
    lag: `lag(${name})`,
    duration: `dur(${name})`,
    rate: `rate(${name})`,
  }
  return quote(forms[kind])
}

/** Looks up names and puts all equations into one graph; every problem is reported, and the model is of use only if there was none. */
export function check(
  text: string,
  tree: SyntaxTree,
  covariates: readonly string[],
  diagnostics: Diagnostics,
): Model | undefined {
  const checker = new Checker(survey(tree), new Set(covariates), diagnostics)
  try {
    return checker.check(text, tree)
  } catch (problem) {
    if (!(problem instanceof GraphBudgetError)) throw problem
    diagnostics.error({ offset: 0, length: 1 }, `The model is too large: ${problem.message}.`)
    return undefined
  }
}

class Checker {
  readonly #survey: Survey
  readonly #covariates: ReadonlySet<string>
  readonly #diagnostics: Diagnostics
  readonly #parameters: Parameters
  readonly #algebra = new Algebra()
  readonly #switches = new Switches(this.#algebra)
  readonly #states = new Map<string, number>()
  readonly #errorModels: { model: ErrorModel; at: Extent }[] = []
  readonly #unknown = new Set<string>()
  /** Where each target was given last. */
  readonly #places = new Map<string, Extent>()

  constructor(surveyed: Survey, covariates: ReadonlySet<string>, diagnostics: Diagnostics) {
    this.#survey = surveyed
    this.#covariates = covariates
    this.#diagnostics = diagnostics
    this.#parameters = new Parameters(diagnostics)
  }

  check(text: string, tree: SyntaxTree): Model | undefined {
    for (const name of this.#survey.states.keys()) this.#states.set(name, this.#states.size)
    if (this.#states.size > budget.states) {
      const at = [...this.#survey.states.values()][budget.states]?.at ?? { offset: 0, length: 1 }
      this.#diagnostics.error(at, `The model has ${this.#states.size} states; at most ${budget.states} are allowed.`)
      return undefined
    }
    this.#parameters.addIni(tree.ini ?? [])
    this.#addLiterals(tree.body)
    const scope = new Scope()
    this.#statements(tree.body, scope, true)
    return this.#finish(text, tree.title, scope)
  }

  /** Numbers before the first d/dt, assigned once, are parameters. */
  #addLiterals(body: readonly Statement[]): void {
    for (const statement of body) {
      if (statement.kind === 'conditional') {
        if (this.#survey.conditionalsWithDerivative.has(statement)) return
        continue
      }
      if (statement.kind === 'broken') continue
      if (statement.target.kind === 'derivative') return
      const value = this.#literal(statement)
      const { name, at } = statement.target
      if (value !== undefined && !this.#states.has(name) && !this.#isReserved(name)) {
        this.#parameters.add(literalParameter(name, value, statement.comment), at)
      }
    }
  }

  #literal(statement: Assignment): number | undefined {
    if (statement.hidden || statement.target.kind !== 'variable') return undefined
    const { name } = statement.target
    const isOnly = this.#survey.variables.get(name)?.assignments === 1
    return isOnly && this.#parameters.indexOf(name) === undefined ? literalValue(statement.value) : undefined
  }

  #statements(statements: readonly Statement[], scope: Scope, outermost: boolean): void {
    for (const statement of statements) {
      if (this.#diagnostics.full) return
      if (statement.kind === 'assignment') this.#assignment(statement, scope, outermost)
      else if (statement.kind === 'conditional') this.#conditional(statement, scope)
      else if (statement.target !== undefined) {
        const { kind, name } = statement.target
        scope.set(bindingKey(kind, name), { node: this.#algebra.constant(Number.NaN) })
      }
    }
  }

  #assignment(statement: Assignment, scope: Scope, outermost: boolean): void {
    const { target } = statement
    if (isErrorLine(statement)) {
      const model = readErrorLine(statement, this.#parameters, this.#diagnostics)
      if (!outermost) this.#diagnostics.error(statement.at, 'A residual error line cannot stand inside `if`.')
      if (model !== undefined) this.#errorModels.push({ model, at: target.at })
      return
    }
    if (!this.#isAssignable(target, scope)) return
    // the parameter itself stands for its number
    if (outermost && this.#isParameterLine(target)) return
    const node = this.#lower(statement.value, scope)
    const key = bindingKey(target.kind, target.name)
    const first = this.#places.get(key)
    if (outermost && first !== undefined && target.kind !== 'variable')
      this.#diagnostics.warn(
        target.at,
        `A second ${written(target.kind, target.name)} takes the place of the first at ${this.#diagnostics.lines.place(first)}.`,
      )
    this.#places.set(key, target.at)
    scope.set(key, { node })
  }

  #isParameterLine(target: Target): boolean {
    const index = this.#parameters.indexOf(target.name)
    return target.kind === 'variable' && index !== undefined && this.#parameters.list[index]?.kind === 'parameter'
  }

  #isReserved(name: string): boolean {
    return name === 't' || name === 'time' || namedConstants.has(name) || reserved.has(name)
  }

  #isAssignable(target: Target, scope: Scope): boolean {
    const { kind, name, at } = target
    if (kind === 'variable' || kind === 'derivative') {
      if (this.#isReserved(name)) {
        this.#diagnostics.error(
          at,
          `${quote(name)} is reserved and cannot be ${kind === 'variable' ? 'assigned' : 'a state'}; choose another name.`,
        )
        return false
      }
      const index = this.#parameters.indexOf(name)
      const parameter = index === undefined ? undefined : this.#parameters.list[index]
      const isOwnLine = parameter?.span.offset === at.offset
      if (parameter !== undefined && !isOwnLine && parameter.kind !== 'covariate') {
        this.#diagnostics.error(
          at,
          `${quote(name)} is a parameter (line ${parameter.span.line}) and cannot be ${kind === 'variable' ? 'assigned' : 'a state'}; choose another name.`,
        )
        return false
      }
    }
    if (kind === 'variable' && this.#states.has(name)) {
      this.#diagnostics.error(
        at,
        `${quote(name)} is a state and cannot be assigned; its initial value is written ${name}(0) = expression.`,
      )
      return false
    }
    if (kind === 'derivative' && scope.get(bindingKey(kind, name)) !== undefined) {
      const first = this.#places.get(bindingKey(kind, name))
      const where = first === undefined ? '' : `; the first is at ${this.#diagnostics.lines.place(first)}`
      this.#diagnostics.error(at, `A second d/dt(${name})${where}. Add the terms in one equation.`)
      return false
    }
    if (kind !== 'variable' && kind !== 'derivative' && !this.#states.has(name)) {
      this.#diagnostics.error(
        at,
        `${written(kind, name)} is given, but there is no d/dt(${name}).${didYouMean(name, this.#states.keys())}`,
      )
      return false
    }
    return true
  }

  #conditional(statement: Conditional, scope: Scope): void {
    const branches = statement.branches.map(({ condition, body }) => {
      const node = this.#lower(condition, scope)
      const inner = new Scope(scope)
      this.#statements(body, inner, false)
      return { condition: node, own: inner.own }
    })
    const last = new Scope(scope)
    this.#statements(statement.otherwise, last, false)
    const merged = new Map(last.own)
    for (const { condition, own } of branches.toReversed()) {
      for (const key of new Set([...own.keys(), ...merged.keys()])) {
        const before = scope.get(key) ?? this.#defaultOf(key) ?? { onlyIn: statement.at }
        const yes = own.get(key) ?? before
        const no = merged.get(key) ?? before
        if ('onlyIn' in yes || 'onlyIn' in no) {
          merged.delete(key)
          this.#partial(key, statement.at, scope)
        } else {
          const node = this.#algebra.select(condition, yes.node, no.node)
          // a value that no branch changes need not be carried through the others
          if ('node' in before && before.node === node) merged.delete(key)
          else merged.set(key, { node })
        }
      }
    }
    for (const [key, binding] of merged) scope.set(key, binding)
  }

  /** Marks a value that only some branches give; lives in the outer scope, where later branches find it. */
  #partial(key: string, at: Extent, scope: Scope): void {
    scope.set(key, { onlyIn: at })
  }

  /** f, lag and initial value that hold where a branch says nothing. */
  #defaultOf(key: string): Binding | undefined {
    if (key.startsWith('initial\n') || key.startsWith('lag\n')) return { node: this.#algebra.zero }
    return key.startsWith('bioavailability\n') ? { node: this.#algebra.one } : undefined
  }

  #lower(expression: Expression, scope: Scope): NodeId {
    const meaning: Meaning = {
      algebra: this.#algebra,
      switches: this.#switches,
      diagnostics: this.#diagnostics,
      name: (name, at) => this.#name(name, at, scope),
      derivative: (name, at) => this.#derivative(name, at, scope),
    }
    return lowerExpression(expression, meaning)
  }

  #name(name: string, at: Extent, scope: Scope): NodeId {
    const bound = scope.get(name)
    if (bound !== undefined) return this.#valueOf(bound, quote(name), at)
    const state = this.#states.get(name)
    if (state !== undefined) return this.#algebra.state(state)
    const parameter = this.#parameters.indexOf(name)
    if (parameter !== undefined) return this.#algebra.parameter(parameter)
    if (name === 't' || name === 'time') return this.#algebra.time
    if (this.#covariates.has(name)) {
      this.#parameters.add(covariate(name), at)
      return this.#algebra.parameter(this.#parameters.indexOf(name) ?? 0)
    }
    if (!this.#unknown.has(name)) this.#reportUnknown(name, at)
    this.#unknown.add(name)
    return this.#algebra.constant(Number.NaN)
  }

  #reportUnknown(name: string, at: Extent): void {
    const variable = this.#survey.variables.get(name)
    if (reserved.has(name)) this.#diagnostics.error(at, `${quote(name)} is not supported yet.`)
    else if (variable !== undefined) {
      const place = this.#diagnostics.lines.place(variable.first)
      this.#diagnostics.error(at, `${quote(name)} is used before it is assigned at ${place}; lines run in order.`)
    } else if (functions.has(name)) {
      this.#diagnostics.error(at, `${quote(name)} is a function; call it with brackets, as ${name}(…).`)
    } else {
      const remedy =
        didYouMean(name, this.#knownNames()) || ' Give it a value on a line above, or in a column of the data.'
      this.#diagnostics.error(at, `${quote(name)} is not defined.${remedy}`)
    }
  }

  *#knownNames(): Iterable<string> {
    yield* this.#parameters.names()
    yield* this.#states.keys()
    yield* this.#survey.variables.keys()
    yield* this.#covariates
    yield 'time'
  }

  #derivative(name: string, at: Extent, scope: Scope): NodeId {
    const bound = scope.get(bindingKey('derivative', name))
    if (bound !== undefined) return this.#valueOf(bound, written('derivative', name), at)
    this.#diagnostics.error(
      at,
      this.#states.has(name)
        ? `${written('derivative', name)} is used before it is given; lines run in order.`
        : `${written('derivative', name)} is not given anywhere.${didYouMean(name, this.#states.keys())}`,
    )
    return this.#algebra.constant(Number.NaN)
  }

  #valueOf(bound: Binding, what: string, at: Extent): NodeId {
    if ('node' in bound) return bound.node
    const { line } = this.#diagnostics.lines.span(bound.onlyIn)
    this.#diagnostics.error(
      at,
      `${what} has a value only in some branches of the \`if\` at line ${line}; assign it before the \`if\`, or in every branch.`,
    )
    return this.#algebra.constant(Number.NaN)
  }

  #finish(text: string, title: string, scope: Scope): Model | undefined {
    const { lines } = this.#diagnostics
    const states: State[] = []
    const derivatives: NodeId[] = []
    const initial: NodeId[] = []
    for (const [name, { at, comment, initialComment }] of this.#survey.states) {
      const about = readUnitComment(comment)
      const atStart = readUnitComment(initialComment)
      states.push({ name, unit: about.unit || atStart.unit, label: about.label || atStart.label, span: lines.span(at) })
      derivatives.push(this.#required('derivative', name, scope) ?? this.#algebra.zero)
      initial.push(this.#property('initial', name, scope) ?? this.#algebra.zero)
    }
    const properties = (kind: TargetKind): ReadonlyMap<number, NodeId> => {
      const found = new Map<number, NodeId>()
      for (const [name, index] of this.#states) {
        const node = this.#property(kind, name, scope)
        if (node !== undefined) found.set(index, node)
      }
      return found
    }
    const bioavailability = properties('bioavailability')
    const lag = properties('lag')
    const duration = properties('duration')
    const rate = properties('rate')
    const { outputs, outputRoots } = this.#outputs(scope)
    const shown = new Set([...this.#states.keys(), ...outputs.map(({ name }) => name)])
    for (const { model, at } of this.#errorModels) {
      if (shown.has(model.name)) continue
      this.#diagnostics.error(
        at,
        `${quote(model.name)} has a residual error but is no state or output.${didYouMean(model.name, shown)}`,
      )
    }
    if (states.length === 0 && outputs.length === 0 && this.#diagnostics.errors.length === 0) {
      this.#diagnostics.error(
        { offset: 0, length: 1 },
        'There is no model in this text; expected at least one d/dt(state) = expression, or an output computed from other names (y = 2*x).',
      )
    }
    if (this.#diagnostics.errors.length > 0) return undefined
    return {
      text,
      title,
      metadata: { description: title, reference: '', units: new Map() },
      timeUnit: '',
      states,
      parameters: this.#parameters.list,
      outputs,
      omega: this.#parameters.omega,
      errorModels: this.#errorModels.map(({ model }) => model),
      dvid: [],
      graph: this.#algebra.builder.finish(),
      derivatives,
      initial,
      outputRoots,
      bioavailability,
      lag,
      duration,
      rate,
      switches: this.#switches.list,
      doseInputs: [],
      warnings: this.#diagnostics.warnings,
    }
  }

  #outputs(scope: Scope): { outputs: readonly Output[]; outputRoots: readonly NodeId[] } {
    const outputs: Output[] = []
    const outputRoots: NodeId[] = []
    for (const [name, variable] of this.#survey.variables) {
      const bound = scope.get(name)
      if (!variable.shown || bound === undefined) continue
      const span = this.#diagnostics.lines.span(variable.first)
      if ('node' in bound) {
        outputs.push({ name, ...readUnitComment(variable.comment), span })
        outputRoots.push(bound.node)
      } else {
        this.#diagnostics.warn(
          variable.first,
          `${quote(name)} has a value only in some branches of an \`if\`, so it is no output; assign it before the \`if\` to see it.`,
        )
      }
    }
    return { outputs, outputRoots }
  }

  #required(kind: TargetKind, name: string, scope: Scope): NodeId | undefined {
    const bound = scope.get(bindingKey(kind, name))
    if (bound === undefined || 'node' in bound) return bound?.node
    this.#diagnostics.error(
      bound.onlyIn,
      `${written(kind, name)} is given only in some branches of this \`if\`; give it in every branch, or compute the rate before and write one equation.`,
    )
    return undefined
  }

  /** A root that must be in parameters alone. */
  #property(kind: TargetKind, name: string, scope: Scope): NodeId | undefined {
    const node = this.#required(kind, name, scope)
    if (node === undefined) return undefined
    const { builder } = this.#algebra
    const onState = builder.dependsOn(node, Dependence.state)
    if (onState || builder.dependsOn(node, Dependence.time | Dependence.switch)) {
      this.#diagnostics.error(
        this.#places.get(bindingKey(kind, name)) ?? { offset: 0, length: 1 },
        `${written(kind, name)} depends on ${onState ? 'a state' : 'time'}; it must be in parameters alone.`,
      )
    }
    return node
  }
}
