import { Algebra } from '../graph/algebra.ts'
import type { NodeId } from '../graph/graph.ts'
import { Dependence, GraphBudgetError } from '../graph/graph-builder.ts'
import type { ErrorArgument, ErrorModel, Model, Output, State } from '../model.ts'
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
import { checkUnits } from '../units/check-units.ts'
import { aboutInput, aboutModel } from './about-model.ts'
import { Switches } from './compare.ts'
import { DoseInputs, doseFunctions } from './dose-functions.ts'
import { functions } from './functions.ts'
import { Levels } from './levels.ts'
import { findLinearForm, type LinearForm, linearRates, linearStates } from './linear-compartments.ts'
import { literalValue, lowerExpression, namedConstants } from './lower-expression.ts'
import { mergeBranches } from './merge-branches.ts'
import { input, literalParameter, Parameters } from './parameters.ts'
import { refusedNames, reservedNames } from './reserved-names.ts'
import { errorParameters, readErrorLine } from './residual-errors.ts'
import { type Binding, bindingKey, Scope } from './scope.ts'
import { type Survey, survey } from './survey.ts'
import { transformsOf } from './transforms.ts'
import { readUnitComment, type UnitAndLabel } from './unit-comment.ts'
import { writtenTarget } from './written-target.ts'

/** Looks up names and puts all equations into one graph; every problem is reported, and the model is of use only if there was none. */
export function check(text: string, tree: SyntaxTree, diagnostics: Diagnostics): Model | undefined {
  const checker = new Checker(tree, diagnostics)
  try {
    return checker.check(text)
  } catch (problem) {
    if (!(problem instanceof GraphBudgetError)) throw problem
    diagnostics.error({ offset: 0, length: 1 }, `The model is too large: ${problem.message}.`)
    return undefined
  }
}

function mayDependOn(kind: TargetKind): string {
  if (kind === 'modelTime') return 'parameters'
  return kind === 'bioavailability' || isInfusion(kind) ? 'parameters, time and doses' : 'parameters and time'
}

function isInfusion(kind: TargetKind): boolean {
  return kind === 'rate' || kind === 'duration'
}

/** Shorter names are alike by chance. */
const leastSuspect = 4

class Checker {
  readonly #tree: SyntaxTree
  readonly #survey: Survey
  readonly #diagnostics: Diagnostics
  readonly #parameters: Parameters
  readonly #levels: Levels
  readonly #algebra = new Algebra()
  readonly #switches = new Switches(this.#algebra)
  readonly #doses = new DoseInputs(this.#algebra)
  readonly #states = new Map<string, number>()
  readonly #errorModels: { model: ErrorModel; at: Extent }[] = []
  readonly #unknown = new Set<string>()
  /** Units stated by `unit(x) <- "…"`. */
  readonly #units = new Map<string, string>()
  /** The parameterisation of `linCmt()`, where the text calls it. */
  #linear: LinearForm | undefined
  /** Where each target was given last. */
  readonly #places = new Map<string, Extent>()
  /** Names that some branches give and that have no value otherwise, with the number of conditionals that give them. */
  readonly #partial = new Map<string, { readonly at: Extent; count: number }>()

  constructor(tree: SyntaxTree, diagnostics: Diagnostics) {
    this.#tree = tree
    this.#survey = survey(tree)
    this.#diagnostics = diagnostics
    this.#parameters = new Parameters(diagnostics)
    this.#levels = new Levels(diagnostics)
  }

  check(text: string): Model | undefined {
    const { ini, body } = this.#tree
    for (const name of this.#survey.states.keys()) this.#states.set(name, this.#states.size)
    this.#parameters.addIni(ini ?? [])
    this.#addLinearStates()
    if (this.#states.size > budget.states) {
      const at = [...this.#survey.states.values()][budget.states]?.at ?? { offset: 0, length: 1 }
      this.#diagnostics.error(at, `The model has ${this.#states.size} states; at most ${budget.states} are allowed.`)
      return undefined
    }
    this.#addLiterals(body)
    for (const declaration of this.#survey.declarations) {
      if (declaration.kind === 'unit') this.#units.set(declaration.name, declaration.unit)
      if (declaration.kind === 'levels') this.#levels.declare(declaration.name, declaration.levels, declaration.at)
    }
    const scope = new Scope()
    this.#statements(body, scope, true)
    return this.#finish(text, scope)
  }

  /** `linCmt()` brings states of its own, numbered after those of the text. */
  #addLinearStates(): void {
    const { linear, variables, used } = this.#survey
    if (linear === undefined) return
    const named = [...variables.keys(), ...this.#parameters.names()]
    const found = findLinearForm(linear.names.length > 0 ? linear.names : [...named, ...used])
    if (!found.ok) {
      this.#diagnostics.error(linear.at, `\`linCmt()\` finds no parameters: ${found.problem}.`)
      return
    }
    this.#linear = found.form
    for (const name of linearStates(found.form)) {
      if (this.#states.has(name)) {
        this.#diagnostics.error(
          linear.at,
          `\`linCmt()\` has a state ${quote(name)} of its own; give d/dt(${name}) another name.`,
        )
      } else this.#states.set(name, this.#states.size)
    }
  }

  /** The concentration in the central compartment. */
  #linearValue(at: Extent, scope: Scope): NodeId {
    const central = this.#states.get('central')
    if (this.#linear === undefined || central === undefined) return this.#algebra.constant(Number.NaN)
    return this.#algebra.divide(this.#algebra.state(central), this.#name(this.#linear.volume, at, scope))
  }

  #linearRates(scope: Scope): ReadonlyMap<string, NodeId> {
    const at = this.#survey.linear?.at
    if (this.#linear === undefined || at === undefined) return new Map()
    return linearRates(
      this.#algebra,
      this.#linear,
      (name) => this.#name(name, at, scope),
      (name) => this.#algebra.state(this.#states.get(name) ?? 0),
    )
  }

  /** Numbers before the first d/dt, assigned once, are parameters; so are later ones of which lines above make use. */
  #addLiterals(body: readonly Statement[]): void {
    const used = new Set<string>()
    let isPast = false
    for (const statement of body) {
      if (statement.kind === 'conditional') {
        isPast ||= this.#survey.conditionalsWithDerivative.has(statement)
        continue
      }
      if (statement.kind !== 'assignment') continue
      isPast ||= statement.target.kind === 'derivative'
      for (const node of statement.value) if (node.kind === 'name') used.add(node.name)
      const value = this.#literal(statement)
      const { name, at } = statement.target
      if (value === undefined || (isPast && !used.has(name))) continue
      if (!this.#states.has(name) && !this.#isReserved(name)) {
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
      switch (statement.kind) {
        case 'assignment':
          this.#assignment(statement, scope, outermost)
          break
        case 'conditional':
          this.#conditional(statement, scope)
          break
        case 'broken':
          if (statement.target !== undefined) {
            const { kind, name } = statement.target
            scope.set(bindingKey(kind, name), { node: this.#algebra.constant(Number.NaN) })
          }
          break
        case 'compartment':
          if (!this.#states.has(statement.name)) this.#checkEndpointCompartment(statement.name, statement.at)
          break
        default:
      }
    }
  }

  /** `cmt(x)` of a name that is no state is for an endpoint of that name, as in nlmixr2. */
  #checkEndpointCompartment(name: string, at: Extent): void {
    const isEndpoint = [...this.#survey.errorLines].some(
      (line) => line.kind === 'assignment' && line.value.some((node) => node.kind === 'name' && node.name === name),
    )
    if (isEndpoint || this.#survey.variables.has(name)) return
    this.#diagnostics.error(
      at,
      `cmt(${name}) is given, but there is no d/dt(${name}) and no value of that name.${didYouMean(name, this.#states.keys())}`,
    )
  }

  #assignment(statement: Assignment, scope: Scope, outermost: boolean): void {
    const { target } = statement
    if (this.#survey.errorLines.has(statement)) {
      this.#errorLine(statement, outermost)
      return
    }
    const refersToItself = statement.value.some((node) => node.kind === 'derivative' && node.name === target.name)
    if (!this.#isAssignable(target, scope, refersToItself)) return
    // the parameter itself stands for its number
    if (outermost && this.#isParameterLine(target)) return
    const node = this.#value(statement, scope)
    const key = bindingKey(target.kind, target.name)
    const first = this.#places.get(key)
    if (outermost && first !== undefined && target.kind !== 'variable' && !refersToItself)
      this.#diagnostics.warn(
        target.at,
        `A second ${writtenTarget(target.kind, target.name)} takes the place of the first at ${this.#diagnostics.lines.place(first)}.`,
      )
    this.#places.set(key, target.at)
    scope.set(key, { node })
    if (target.kind === 'modelTime') {
      this.#checkFixed(target.kind, target.name, node)
      scope.set(target.name, { node })
    }
  }

  /** The value given; a text alone is the code of a level. */
  #value({ target, value }: Assignment, scope: Scope): NodeId {
    const [only] = value
    if (only?.kind === 'string' && value.length === 1 && target.kind === 'variable') {
      return this.#algebra.constant(this.#levels.code(target.name, only.value, only.at))
    }
    return this.#lower(value, scope, target.kind === 'derivative' ? this.#states.get(target.name) : undefined)
  }

  #errorLine(statement: Assignment, outermost: boolean): void {
    const { name, at } = statement.target
    const model = readErrorLine(statement, (argument, place) => this.#errorArgument(argument, place), this.#diagnostics)
    if (!outermost) this.#diagnostics.error(statement.at, 'A residual error line cannot stand inside `if`.')
    if (model === undefined) return
    const first = this.#errorModels.find((known) => known.model.endpoint === model.endpoint)
    if (first !== undefined) {
      this.#diagnostics.error(
        at,
        `The endpoint ${quote(model.endpoint)} has a residual error at ${this.#diagnostics.lines.place(first.at)} already; give ${quote(name)} an endpoint of its own, \`${name} ~ … | name\`.`,
      )
    }
    this.#errorModels.push({ model, at })
  }

  #errorArgument(name: string, at: Extent): ErrorArgument | undefined {
    if (this.#parameters.indexOf(name) !== undefined) return { kind: 'parameter', name }
    const variable = this.#survey.variables.get(name)
    if (this.#states.has(name) || variable?.shown === true) return { kind: 'output', name }
    if (variable !== undefined) {
      this.#diagnostics.error(at, `${quote(name)} is hidden by \`~\`; assign it with \`<-\` to use it here.`)
      return undefined
    }
    this.#addInput(name, at)
    return { kind: 'parameter', name }
  }

  #isParameterLine(target: Target): boolean {
    return target.kind === 'variable' && this.#parameters.find(target.name)?.kind === 'parameter'
  }

  #isReserved(name: string): boolean {
    return namedConstants.has(name) || reservedNames.has(name)
  }

  #isAssignable(target: Target, scope: Scope, refersToItself: boolean): boolean {
    const { kind, name, at } = target
    const what = kind === 'derivative' ? 'a state' : 'assigned'
    if (kind === 'variable' || kind === 'derivative' || kind === 'modelTime') {
      if (this.#isReserved(name)) {
        this.#diagnostics.error(at, `${quote(name)} is reserved and cannot be ${what}; choose another name.`)
        return false
      }
      const parameter = this.#parameters.find(name)
      const isOwnLine = parameter?.span.offset === at.offset
      if (parameter !== undefined && !isOwnLine && parameter.kind !== 'covariate') {
        this.#diagnostics.error(
          at,
          `${quote(name)} is a parameter (line ${parameter.span.line}) and cannot be ${what}; choose another name.`,
        )
        return false
      }
    }
    if ((kind === 'variable' || kind === 'modelTime') && this.#states.has(name)) {
      this.#diagnostics.error(
        at,
        `${quote(name)} is a state and cannot be assigned; its initial value is written ${name}(0) = expression.`,
      )
      return false
    }
    if (kind === 'derivative' && scope.get(bindingKey(kind, name)) !== undefined && !refersToItself) {
      const first = this.#places.get(bindingKey(kind, name))
      const where = first === undefined ? '' : `; the first is at ${this.#diagnostics.lines.place(first)}`
      this.#diagnostics.error(at, `A second d/dt(${name})${where}. Add the terms in one equation.`)
      return false
    }
    if (kind !== 'variable' && kind !== 'derivative' && kind !== 'modelTime' && !this.#states.has(name)) {
      this.#diagnostics.error(
        at,
        `${writtenTarget(kind, name)} is given, but there is no d/dt(${name}).${didYouMean(name, this.#states.keys())}`,
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
    const partial = mergeBranches(this.#algebra, scope, branches, last.own, statement.at, (key) => this.#absent(key))
    for (const key of partial) this.#partial.set(key, { at: statement.at, count: 1 })
    for (const [key, known] of this.#partial) {
      const gives = known.at !== statement.at && branches.some(({ own }) => own.has(key))
      if (gives) known.count++
    }
  }

  /** What holds where a branch says nothing: a variable has no value, as in R; the rate of a state has none to fall back on. */
  #absent(key: string): NodeId | undefined {
    if (key.startsWith('initial\n') || key.startsWith('lag\n')) return this.#algebra.zero
    if (key.startsWith('bioavailability\n')) return this.#algebra.one
    // no rate and no duration is what NaN says of them, too
    return key.startsWith('derivative\n') ? undefined : this.#algebra.constant(Number.NaN)
  }

  #lower(expression: Expression, scope: Scope, target?: number): NodeId {
    return lowerExpression(expression, {
      algebra: this.#algebra,
      switches: this.#switches,
      diagnostics: this.#diagnostics,
      name: (name, at) => this.#name(name, at, scope),
      derivative: (name, at) => this.#derivative(name, at, scope),
      level: (name, text, at) => this.#levels.code(name, text, at),
      linear: (at) => this.#linearValue(at, scope),
      doses: { inputs: this.#doses, state: (name, at) => this.#doseState(name, at), target },
    })
  }

  #doseState(name: string, at: Extent): number | undefined {
    const state = this.#states.get(name)
    if (state === undefined) {
      this.#diagnostics.error(
        at,
        `There is no d/dt(${name}) to which a dose could go.${didYouMean(name, this.#states.keys())}`,
      )
    }
    return state
  }

  #name(name: string, at: Extent, scope: Scope): NodeId {
    const bound = scope.get(name)
    if (bound !== undefined) return this.#valueOf(bound, quote(name), at)
    const state = this.#states.get(name)
    if (state !== undefined) return this.#algebra.state(state)
    const parameter = this.#parameters.indexOf(name)
    if (parameter !== undefined) return this.#algebra.parameter(parameter)
    if (name === 't' || name === 'time') return this.#algebra.time
    const ofDoses = doseFunctions.get(name)
    if (ofDoses !== undefined) return ofDoses.build(this.#algebra, this.#doses, undefined)
    if (refusedNames.has(name)) {
      if (!this.#unknown.has(name)) this.#diagnostics.error(at, `${quote(name)} is not supported yet.`)
      this.#unknown.add(name)
      return this.#algebra.constant(Number.NaN)
    }
    this.#addInput(name, at)
    return this.#algebra.parameter(this.#parameters.indexOf(name) ?? 0)
  }

  /** A name that nobody gives is an input, as in rxode2; one that looks like a slip is said to. */
  #addInput(name: string, at: Extent): void {
    if (this.#parameters.indexOf(name) !== undefined) return
    const near = didYouMean(name, this.#knownNames())
    const isDescribed = Object.keys(aboutInput(this.#tree.metadata, name)).length > 0
    const assigned = this.#survey.variables.get(name)
    if (assigned !== undefined) {
      const place = this.#diagnostics.lines.place(assigned.first)
      this.#diagnostics.warn(
        at,
        `${quote(name)} is used before it is assigned at ${place}; lines run in order, so it is an input until then.`,
      )
    } else if (functions.has(name)) {
      this.#diagnostics.warn(at, `${quote(name)} is an input here; to call the function write ${name}(…).`)
    } else if (near !== '' && name.length >= leastSuspect && !isDescribed) {
      this.#diagnostics.warn(at, `${quote(name)} is assigned nowhere, so it is an input that data must give.${near}`)
    }
    this.#parameters.add(input(name), at)
  }

  *#knownNames(): Iterable<string> {
    for (const { name, kind } of this.#parameters.list) if (kind !== 'covariate') yield name
    yield* this.#states.keys()
    yield* this.#survey.variables.keys()
    yield 'time'
  }

  #derivative(name: string, at: Extent, scope: Scope): NodeId {
    const bound = scope.get(bindingKey('derivative', name))
    if (bound !== undefined) return this.#valueOf(bound, writtenTarget('derivative', name), at)
    this.#diagnostics.error(
      at,
      this.#states.has(name)
        ? `${writtenTarget('derivative', name)} is used before it is given; lines run in order.`
        : `${writtenTarget('derivative', name)} is not given anywhere.${didYouMean(name, this.#states.keys())}`,
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

  #finish(text: string, scope: Scope): Model | undefined {
    const { lines } = this.#diagnostics
    const states: State[] = []
    const derivatives: NodeId[] = []
    const initial: NodeId[] = []
    const linearRoots = this.#linearRates(scope)
    const nowhere = this.#survey.linear?.at ?? { offset: 0, length: 1 }
    for (const name of this.#states.keys()) {
      const given = this.#survey.states.get(name)
      const about = this.#about(name, given?.comment ?? '')
      const atStart = readUnitComment(given?.initialComment ?? '')
      const span = lines.span(given?.at ?? nowhere)
      states.push({ name, unit: about.unit || atStart.unit, label: about.label || atStart.label, span })
      derivatives.push(this.#required('derivative', name, scope) ?? linearRoots.get(name) ?? this.#algebra.zero)
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
    this.#warnOfPartial()
    this.#warnOfUnused()
    const { outputs, outputRoots } = this.#outputs(scope)
    this.#checkErrorModels(outputs)
    this.#completeParameters()
    if (states.length === 0 && outputs.length === 0 && this.#diagnostics.count === 0) {
      this.#diagnostics.error(
        { offset: 0, length: 1 },
        'There is no model in this text; expected at least one d/dt(state) = expression, or an output computed from other names (y = 2*x).',
      )
    }
    if (this.#diagnostics.count > 0) return undefined
    const metadata = aboutModel(this.#tree.metadata, this.#tree.title)
    const named = { parameters: this.#parameters.list, states, metadata }
    const timeUnit = checkUnits(text, this.#tree, named, this.#diagnostics)
    return {
      text,
      title: metadata.description,
      metadata,
      timeUnit,
      states,
      parameters: this.#parameters.list,
      outputs,
      omega: this.#parameters.omega,
      errorModels: this.#errorModels.map(({ model }) => model),
      dvid: this.#survey.declarations.flatMap((declaration) =>
        declaration.kind === 'dvid' ? declaration.numbers : [],
      ),
      graph: this.#algebra.builder.finish(),
      derivatives,
      initial,
      outputRoots,
      bioavailability,
      lag,
      duration,
      rate,
      switches: this.#switches.list,
      doseInputs: this.#doses.list,
      warnings: this.#diagnostics.warnings,
    }
  }

  /** A random or fixed effect that nothing uses is a slip in a name. */
  #warnOfUnused(): void {
    const named = new Set(this.#errorModels.flatMap(({ model }) => errorParameters(model)))
    for (const { name, inIni, span } of this.#parameters.list) {
      if (!inIni || this.#survey.used.has(name) || named.has(name)) continue
      this.#diagnostics.warn(span, `${quote(name)} of \`ini\` is used nowhere in the model.`)
    }
  }

  /** Levels, transforms and what the metadata say, known when all has been read. */
  #completeParameters(): void {
    const effects = new Set(this.#parameters.list.filter(({ inIni }) => inIni).map(({ name }) => name))
    const transforms = transformsOf(this.#tree.body, effects)
    for (const { name, kind } of [...this.#parameters.list]) {
      const unit = this.#units.get(name)
      if (kind === 'covariate') {
        this.#parameters.complete(name, { levels: this.#levels.of(name), ...aboutInput(this.#tree.metadata, name) })
      } else if (kind === 'parameter' && effects.has(name)) {
        this.#parameters.complete(name, { transform: transforms.get(name) ?? { kind: 'identity' } })
      }
      if (unit !== undefined) this.#parameters.complete(name, { unit })
    }
  }

  /** A name that one `if` gives without an else, and nothing else does. */
  #warnOfPartial(): void {
    for (const [key, { at, count }] of this.#partial) {
      if (count > 1 || key.includes('\n')) continue
      const { line } = this.#diagnostics.lines.span(at)
      this.#diagnostics.warn(
        this.#survey.variables.get(key)?.first ?? at,
        `${quote(key)} has a value only in some branches of the \`if\` at line ${line}, elsewhere it is NaN; assign it before the \`if\`, or in every branch.`,
      )
    }
  }

  #checkErrorModels(outputs: readonly Output[]): void {
    const shown = new Set([...this.#states.keys(), ...outputs.map(({ name }) => name)])
    for (const { model, at } of this.#errorModels) {
      // counts are drawn from their own parameters: the name before `~` is only that of the endpoint
      if (shown.has(model.name) || model.kind !== 'continuous') continue
      this.#diagnostics.error(
        at,
        `${quote(model.name)} has a residual error but is no state or output.${didYouMean(model.name, shown)}`,
      )
    }
  }

  /** Unit and label of a name, from its comment; a unit stated for the name comes first. */
  #about(name: string, comment: string): UnitAndLabel {
    const about = readUnitComment(comment)
    const stated = this.#units.get(name)
    return stated === undefined ? about : { ...about, unit: stated }
  }

  #outputs(scope: Scope): { outputs: readonly Output[]; outputRoots: readonly NodeId[] } {
    const outputs: Output[] = []
    const outputRoots: NodeId[] = []
    for (const [name, variable] of this.#survey.variables) {
      const bound = scope.get(name)
      if (!variable.shown || bound === undefined || !('node' in bound)) continue
      const span = this.#diagnostics.lines.span(variable.first)
      outputs.push({ name, ...this.#about(name, variable.comment), span })
      outputRoots.push(bound.node)
    }
    return { outputs, outputRoots }
  }

  #required(kind: TargetKind, name: string, scope: Scope): NodeId | undefined {
    const bound = scope.get(bindingKey(kind, name))
    if (bound === undefined || 'node' in bound) return bound?.node
    this.#diagnostics.error(
      bound.onlyIn,
      `${writtenTarget(kind, name)} is given only in some branches of this \`if\`; give it in every branch, or compute the rate before and write one equation.`,
    )
    return undefined
  }

  /** A root that is evaluated once: when the run starts, or when a dose is given. */
  #property(kind: TargetKind, name: string, scope: Scope): NodeId | undefined {
    const node = this.#required(kind, name, scope)
    if (node !== undefined) this.#checkFixed(kind, name, node)
    return node
  }

  /** Nothing here may depend on states; a time in the model not on time, what moves a dose in time not on doses. */
  #checkFixed(kind: TargetKind, name: string, node: NodeId): void {
    const { builder } = this.#algebra
    const onState = builder.dependsOn(node, Dependence.state)
    const onDose = builder.dependsOn(node, Dependence.dose) && kind !== 'bioavailability' && !isInfusion(kind)
    const onTime = builder.dependsOn(node, Dependence.time | Dependence.switch) && kind === 'modelTime'
    if (!onState && !onDose && !onTime) return
    const what = onState ? 'a state' : onDose ? 'the doses' : 'time'
    this.#diagnostics.error(
      this.#places.get(bindingKey(kind, name)) ?? { offset: 0, length: 1 },
      `${writtenTarget(kind, name)} depends on ${what}; it must be in ${mayDependOn(kind)} alone.`,
    )
  }
}
