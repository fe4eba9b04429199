import type { Conditional, Declaration, Expression, Statement, SyntaxTree, TargetKind } from '../syntax/syntax.ts'
import type { Extent } from '../text/source-text.ts'
import { isErrorLine } from './residual-errors.ts'

/** What is assigned anywhere in a text, in order of appearance: states are known before their d/dt is read. */
export interface Survey {
  /** In the order of their numbers: those of `cmt()` first, then by first appearance. */
  readonly states: ReadonlyMap<string, SurveyedState>
  readonly variables: ReadonlyMap<string, SurveyedVariable>
  readonly conditionalsWithDerivative: ReadonlySet<Conditional>
  /** Residual error lines: `name ~ …` that hide no assignment. */
  readonly errorLines: ReadonlySet<Statement>
  /** Names before the `~` of these. */
  readonly observed: ReadonlySet<string>
  readonly declarations: readonly Declaration[]
  /** The first call of `linCmt()`, with the names in its brackets. */
  readonly linear: LinearCall | undefined
  /** Every name that stands in an expression. */
  readonly used: ReadonlySet<string>
}

export interface LinearCall {
  readonly at: Extent
  readonly names: readonly string[]
}

export interface SurveyedState {
  /** The first d/dt of the state. */
  readonly at: Extent
  readonly comment: string
  /** The comment of `x(0)`. */
  initialComment: string
}

export interface SurveyedVariable {
  readonly first: Extent
  assignments: number
  /** Assigned at least once with `=`, `<-` or `->`. */
  shown: boolean
  /** The first comment of an assignment. */
  comment: string
}

/** Targets that give a compartment its number when they come before its d/dt. */
const numbering: ReadonlySet<TargetKind> = new Set<TargetKind>([
  'derivative',
  'bioavailability',
  'lag',
  'duration',
  'rate',
])

/** Walks all statements, those inside `if` included. */
export function survey(tree: SyntaxTree): Survey {
  const walk = new Walk()
  walk.visit(tree.body)
  return walk.finish()
}

class Walk {
  readonly #states = new Map<string, SurveyedState>()
  readonly #order = new Set<string>()
  readonly #compartments = new Set<string>()
  readonly #initialComments = new Map<string, string>()
  readonly #variables = new Map<string, SurveyedVariable>()
  readonly #conditionals = new Set<Conditional>()
  readonly #errorLines = new Set<Statement>()
  readonly #observed = new Set<string>()
  readonly #declarations: Declaration[] = []
  readonly #used = new Set<string>()
  #linear: LinearCall | undefined

  /** Returns whether there is a d/dt among the statements. Nesting is bounded by the parser's budget. */
  visit(statements: readonly Statement[]): boolean {
    let hasDerivative = false
    for (const statement of statements) {
      switch (statement.kind) {
        case 'conditional': {
          for (const { condition } of statement.branches) this.#note(condition)
          const inside = statement.branches.map(({ body }) => this.visit(body))
          if (this.visit(statement.otherwise) || inside.includes(true)) {
            this.#conditionals.add(statement)
            hasDerivative = true
          }
          break
        }
        case 'assignment':
          this.#note(statement.value)
          if (this.#assigned(statement)) hasDerivative = true
          break
        case 'broken':
          if (this.#assigned(statement)) hasDerivative = true
          break
        case 'compartment':
          this.#compartments.add(statement.name)
          this.#declarations.push(statement)
          break
        default:
          this.#declarations.push(statement)
      }
    }
    return hasDerivative
  }

  #note(expression: Expression): void {
    for (const node of expression) {
      if (node.kind === 'name') this.#used.add(node.name)
      if (node.kind !== 'call' || node.name !== 'linCmt') continue
      const names = node.arguments.map((argument) => expression[argument])
      this.#linear ??= { at: node.at, names: names.flatMap((name) => (name?.kind === 'name' ? [name.name] : [])) }
    }
  }

  #assigned(statement: Extract<Statement, { kind: 'assignment' | 'broken' }>): boolean {
    const { target } = statement
    if (target === undefined) return false
    const { kind, name, at } = target
    const comment = statement.kind === 'assignment' ? statement.comment : ''
    if (numbering.has(kind)) this.#order.add(name)
    if (kind === 'derivative') {
      if (!this.#states.has(name)) this.#states.set(name, { at, comment, initialComment: '' })
      return true
    }
    if (kind === 'initial') this.#initialComments.set(name, comment)
    if (kind !== 'variable' && kind !== 'modelTime') return false
    const hasValue = (other: string) => this.#variables.has(other) || this.#states.has(other)
    if (statement.kind === 'assignment' && isErrorLine(statement, hasValue)) {
      this.#errorLines.add(statement)
      this.#observed.add(name)
      return false
    }
    const shown = !(statement.kind === 'assignment' && statement.hidden)
    const known = this.#variables.get(name)
    if (known === undefined) this.#variables.set(name, { first: at, assignments: 1, shown, comment })
    else {
      known.assignments++
      known.shown ||= shown
      known.comment ||= comment
    }
    return false
  }

  finish(): Survey {
    const states = new Map<string, SurveyedState>()
    for (const name of [...this.#compartments, ...this.#order]) {
      const state = this.#states.get(name)
      if (state === undefined || states.has(name)) continue
      state.initialComment = this.#initialComments.get(name) ?? ''
      states.set(name, state)
    }
    return {
      states,
      variables: this.#variables,
      conditionalsWithDerivative: this.#conditionals,
      errorLines: this.#errorLines,
      observed: this.#observed,
      declarations: this.#declarations,
      linear: this.#linear,
      used: this.#used,
    }
  }
}
