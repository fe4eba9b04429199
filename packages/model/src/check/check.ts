import type { NodeId } from '../graph/graph.ts'
import { GraphBudgetError } from '../graph/graph-builder.ts'
import type { Model } from '../model.ts'
import type { Assignment, Conditional, Expression, Statement, SyntaxTree } from '../syntax/syntax.ts'
import { budget } from '../text/budget.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { Extent } from '../text/source-text.ts'
import { CheckContext } from './check-context.ts'
import { doseFunctions } from './dose-functions.ts'
import { Endpoints } from './endpoints.ts'
import { finishModel } from './finish-model.ts'
import { Inputs } from './inputs.ts'
import { isAssignable, isReserved, refersToItself } from './is-assignable.ts'
import { LinearModel } from './linear-model.ts'
import { literalValue, lowerExpression } from './lower-expression.ts'
import { mergeBranches } from './merge-branches.ts'
import { checkMoment } from './moments.ts'
import { literalParameter } from './parameters.ts'
import { refusedNames } from './reserved-names.ts'
import { type Binding, bindingKey, Scope } from './scope.ts'
import { writtenTarget } from './written-target.ts'

/** Looks up names and puts all equations into one graph; every problem is reported, and the model is of use only if there was none. */
export function check(text: string, tree: SyntaxTree, diagnostics: Diagnostics): Model | undefined {
  try {
    return new Checker(new CheckContext(tree, diagnostics)).check(text)
  } catch (problem) {
    if (!(problem instanceof GraphBudgetError)) throw problem
    diagnostics.error({ offset: 0, length: 1 }, `The model is too large: ${problem.message}.`)
    return undefined
  }
}

/** Goes through the statements in their order. */
class Checker {
  readonly #context: CheckContext
  readonly #inputs: Inputs
  readonly #endpoints: Endpoints
  readonly #linear: LinearModel
  readonly #unknown = new Set<string>()
  #choices = 0
  /** Names that some branches give and that have no value otherwise, with the number of conditionals that give them. */
  readonly #partial = new Map<string, { readonly at: Extent; count: number }>()

  constructor(context: CheckContext) {
    this.#context = context
    this.#inputs = new Inputs(context)
    this.#endpoints = new Endpoints(context, this.#inputs)
    this.#linear = new LinearModel(context)
  }

  check(text: string): Model | undefined {
    const { tree, survey, states, diagnostics, parameters, units, levels } = this.#context
    for (const name of survey.states.keys()) states.set(name, states.size)
    parameters.addIni(tree.ini ?? [])
    this.#linear.addStates()
    if (states.size > budget.states) {
      const at = [...survey.states.values()][budget.states]?.at ?? { offset: 0, length: 1 }
      diagnostics.error(at, `The model has ${states.size} states; at most ${budget.states} are allowed.`)
      return undefined
    }
    this.#addLiterals(tree.body)
    for (const declaration of survey.declarations) {
      if (declaration.kind === 'unit') units.set(declaration.name, declaration.unit)
      if (declaration.kind === 'levels') levels.declare(declaration.name, declaration.levels, declaration.at)
    }
    const scope = new Scope()
    this.#statements(tree.body, scope, true)
    this.#warnOfPartial()
    const lookUp = (name: string, at: Extent) => this.#name(name, at, scope)
    const linear = { rates: this.#linear.rates(lookUp), compartments: this.#linear.compartments(lookUp) }
    return finishModel(this.#context, text, scope, this.#endpoints, linear)
  }

  /** Numbers before the first d/dt, assigned once, are parameters; so are later ones of which lines above make use. */
  #addLiterals(body: readonly Statement[]): void {
    const { survey, parameters, states } = this.#context
    const used = new Set<string>()
    let isPast = false
    for (const statement of body) {
      if (statement.kind === 'conditional') {
        isPast ||= survey.conditionalsWithDerivative.has(statement)
        continue
      }
      if (statement.kind !== 'assignment') continue
      isPast ||= statement.target.kind === 'derivative'
      for (const node of statement.value) if (node.kind === 'name') used.add(node.name)
      const value = this.#literal(statement)
      const { name, at } = statement.target
      if (value === undefined || (isPast && !used.has(name))) continue
      if (!states.has(name) && !isReserved(name)) {
        parameters.add(literalParameter(name, value, statement.comment), at)
      }
    }
  }

  #literal(statement: Assignment): number | undefined {
    if (statement.hidden || statement.target.kind !== 'variable') return undefined
    const { survey, parameters } = this.#context
    const { name } = statement.target
    // what is observed is an output, even a constant one
    if (survey.observed.has(name) || survey.variables.get(name)?.assignments !== 1) return undefined
    return parameters.indexOf(name) === undefined ? literalValue(statement.value) : undefined
  }

  #statements(statements: readonly Statement[], scope: Scope, outermost: boolean): void {
    const { diagnostics, algebra } = this.#context
    for (const statement of statements) {
      if (diagnostics.full) return
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
            scope.set(bindingKey(kind, name), { node: algebra.constant(Number.NaN) })
          }
          break
        case 'compartment':
          this.#endpoints.checkCompartment(statement.name, statement.at)
          break
        default:
      }
    }
  }

  #assignment(statement: Assignment, scope: Scope, outermost: boolean): void {
    const { survey, diagnostics, places, parameters } = this.#context
    const { target } = statement
    if (survey.errorLines.has(statement)) {
      this.#endpoints.add(statement, outermost)
      return
    }
    if (!isAssignable(this.#context, statement, scope)) return
    // the parameter itself stands for its number
    const isParameterLine = target.kind === 'variable' && parameters.find(target.name)?.kind === 'parameter'
    if (outermost && isParameterLine) return
    const node = this.#value(statement, scope)
    const key = bindingKey(target.kind, target.name)
    const first = places.get(key)
    if (outermost && first !== undefined && target.kind !== 'variable' && !refersToItself(statement))
      diagnostics.warn(
        target.at,
        `A second ${writtenTarget(target.kind, target.name)} takes the place of the first at ${diagnostics.lines.place(first)}.`,
      )
    places.set(key, target.at)
    scope.set(key, { node })
    if (target.kind === 'modelTime') {
      checkMoment(this.#context, target.kind, target.name, node)
      scope.set(target.name, { node })
    }
  }

  /** The value given; a text alone is the code of a level. */
  #value({ target, value }: Assignment, scope: Scope): NodeId {
    const { algebra, levels, states } = this.#context
    const [only] = value
    if (only?.kind === 'string' && value.length === 1 && target.kind === 'variable') {
      return algebra.constant(levels.code(target.name, only.value, only.at))
    }
    return this.#lower(value, scope, target.kind === 'derivative' ? states.get(target.name) : undefined)
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
    const { algebra } = this.#context
    const partial = mergeBranches(
      algebra,
      scope,
      branches,
      last.own,
      statement.at,
      (key) => this.#absent(key),
      (choices) => this.#spend(choices),
    )
    for (const key of new Set([...branches.flatMap(({ own }) => [...own.keys()]), ...last.own.keys()])) {
      const known = this.#partial.get(key)
      if (known !== undefined) known.count++
    }
    for (const key of partial) this.#partial.set(key, { at: statement.at, count: 1 })
  }

  /** Choices between branches that fold to nothing cost no node, but time. */
  #spend(choices: number): void {
    this.#choices += choices
    if (this.#choices > budget.nodes) {
      throw new GraphBudgetError(
        `the branches of its conditionals make more than ${budget.nodes} choices; use fewer branches or names`,
      )
    }
  }

  /** What holds where a branch says nothing: a variable has no value, as in R; the rate of a state has none to fall back on. */
  #absent(key: string): NodeId | undefined {
    const { algebra } = this.#context
    if (key.startsWith('initial\n') || key.startsWith('lag\n')) return algebra.zero
    if (key.startsWith('bioavailability\n')) return algebra.one
    // no rate and no duration is what NaN says of them, too
    return key.startsWith('derivative\n') ? undefined : algebra.constant(Number.NaN)
  }

  /** A name that one `if` gives without an else, and nothing else does. */
  #warnOfPartial(): void {
    const { survey, diagnostics } = this.#context
    for (const [key, { at, count }] of this.#partial) {
      if (count > 1 || key.includes('\n')) continue
      const { line } = diagnostics.lines.span(at)
      diagnostics.warn(
        survey.variables.get(key)?.first ?? at,
        `${quote(key)} has a value only in some branches of the \`if\` at line ${line}, elsewhere it is NaN; assign it before the \`if\`, or in every branch.`,
      )
    }
  }

  #lower(expression: Expression, scope: Scope, target?: number): NodeId {
    const { algebra, switches, diagnostics, levels, doses } = this.#context
    return lowerExpression(expression, {
      algebra,
      switches,
      diagnostics,
      name: (name, at) => this.#name(name, at, scope),
      derivative: (name, at) => this.#derivative(name, at, scope),
      level: (name, text, at) => levels.code(name, text, at),
      linear: (at) => this.#linear.value(at, (name, place) => this.#name(name, place, scope)),
      doses: { inputs: doses, state: (name, at) => this.#doseState(name, at), target },
    })
  }

  #doseState(name: string, at: Extent): number | undefined {
    const { states, diagnostics } = this.#context
    const state = states.get(name)
    if (state === undefined) {
      diagnostics.error(
        at,
        `There is no d/dt(${name}) to which a dose could go.${diagnostics.didYouMean(name, states.keys())}`,
      )
    }
    return state
  }

  #name(name: string, at: Extent, scope: Scope): NodeId {
    const { algebra, states, parameters, doses, diagnostics } = this.#context
    const bound = scope.get(name)
    if (bound !== undefined) return this.#valueOf(bound, quote(name), at)
    const state = states.get(name)
    if (state !== undefined) return algebra.state(state)
    const parameter = parameters.indexOf(name)
    if (parameter !== undefined) return this.#parameter(name, parameter)
    if (name === 't' || name === 'time') return algebra.time
    const ofDoses = doseFunctions.get(name)
    if (ofDoses !== undefined) return ofDoses.build(algebra, doses, undefined)
    if (refusedNames.has(name)) {
      if (!this.#unknown.has(name)) diagnostics.error(at, `${quote(name)} is not supported yet.`)
      this.#unknown.add(name)
      return algebra.constant(Number.NaN)
    }
    this.#inputs.add(name, at)
    return this.#parameter(name, parameters.indexOf(name) ?? 0)
  }

  #parameter(name: string, index: number): NodeId {
    const { algebra, doses, interpolations, parameters } = this.#context
    const isLinear = interpolations.get(name) === 'linear' && parameters.list[index]?.kind === 'covariate'
    return isLinear ? doses.linear(index) : algebra.parameter(index)
  }

  #derivative(name: string, at: Extent, scope: Scope): NodeId {
    const { states, diagnostics, algebra } = this.#context
    const bound = scope.get(bindingKey('derivative', name))
    if (bound !== undefined) return this.#valueOf(bound, writtenTarget('derivative', name), at)
    diagnostics.error(
      at,
      states.has(name)
        ? `${writtenTarget('derivative', name)} is used before it is given; lines run in order.`
        : `${writtenTarget('derivative', name)} is not given anywhere.${diagnostics.didYouMean(name, states.keys())}`,
    )
    return algebra.constant(Number.NaN)
  }

  #valueOf(bound: Binding, what: string, at: Extent): NodeId {
    if ('node' in bound) return bound.node
    const { diagnostics, algebra } = this.#context
    const { line } = diagnostics.lines.span(bound.onlyIn)
    diagnostics.error(
      at,
      `${what} has a value only in some branches of the \`if\` at line ${line}; assign it before the \`if\`, or in every branch.`,
    )
    return algebra.constant(Number.NaN)
  }
}
