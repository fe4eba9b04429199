import type { Assignment, Conditional, Expression, Statement } from '../syntax/syntax.ts'
import { clashOf, type Measure, measureOf, quotient, unknown } from './measure.ts'
import { measureExpression, type Surroundings } from './measure-expression.ts'
import type { Unit } from './unit.ts'
import type { UnitDeclarations } from './unit-declarations.ts'

/** Who is told what on a walk through a text. */
export interface UnitVisitor extends Pick<Surroundings, 'clash' | 'notPlain'> {
  /** An assignment, with the unit it declares for its target and the measures of its nodes. */
  readonly assigned: (statement: Assignment, declared: Measure, measures: readonly Measure[]) => void
}

/** Goes through the statements in order and keeps what is known of the unit of each name. */
export class UnitWalk {
  readonly #declarations: UnitDeclarations
  readonly #time: Unit
  readonly #visitor: UnitVisitor
  /** Measures of assigned names, as they are here. */
  readonly #known = new Map<string, Measure>()
  /** What names were before the branches of `if` that are open assigned them; the innermost last. */
  readonly #before: Map<string, Measure | undefined>[] = []

  constructor(declarations: UnitDeclarations, time: Unit, visitor: UnitVisitor) {
    this.#declarations = declarations
    this.#time = time
    this.#visitor = visitor
  }

  walk(body: readonly Statement[]): void {
    for (const statement of body) {
      if (statement.kind === 'assignment') this.#assignment(statement)
      else if (statement.kind === 'conditional') this.#conditional(statement)
    }
  }

  #assignment(statement: Assignment): void {
    const { target } = statement
    if (target.kind === 'variable' && this.#declarations.parameters.has(target.name)) return
    const measures = this.#measures(statement.value)
    const declared = this.#declared(statement)
    this.#visitor.assigned(statement, declared, measures)
    if (target.kind !== 'variable') return
    const measured = measures.at(-1) ?? unknown
    this.#set(target.name, declared.kind !== 'unknown' ? declared : measured.kind === 'number' ? unknown : measured)
  }

  /** The unit that an assignment gives its target: that of a state, or that of its own comment. */
  #declared({ target, comment }: Assignment): Measure {
    if (target.kind !== 'variable') return this.#state(target.name)
    return this.#declarations.statements.get(target.name) ?? this.#declarations.ofComment(comment)
  }

  #conditional(statement: Conditional): void {
    const branches = statement.branches.map(({ condition, body }) => {
      this.#measures(condition)
      return this.#branch(body)
    })
    branches.push(this.#branch(statement.otherwise))
    for (const name of new Set(branches.flatMap((own) => [...own.keys()]))) {
      const [first = unknown, ...rest] = branches.map((own) => own.get(name) ?? this.#name(name))
      const agree =
        first.kind !== 'effect' && rest.every((other) => other.kind === first.kind && !clashOf(first, other))
      this.#set(name, agree ? first : unknown)
    }
  }

  /** Goes through a branch, and takes back what it assigned. */
  #branch(body: readonly Statement[]): ReadonlyMap<string, Measure> {
    const before = new Map<string, Measure | undefined>()
    this.#before.push(before)
    this.walk(body)
    this.#before.pop()
    const own = new Map<string, Measure>()
    for (const [name, measure] of before) {
      own.set(name, this.#known.get(name) ?? unknown)
      if (measure === undefined) this.#known.delete(name)
      else this.#known.set(name, measure)
    }
    return own
  }

  #set(name: string, measure: Measure): void {
    const before = this.#before.at(-1)
    if (before?.has(name) === false) before.set(name, this.#known.get(name))
    this.#known.set(name, measure)
  }

  #measures(expression: Expression): readonly Measure[] {
    return measureExpression(expression, {
      name: (name) => this.#name(name),
      derivative: (name) => quotient(this.#state(name), measureOf(this.#time)),
      time: this.#time,
      clash: this.#visitor.clash,
      notPlain: this.#visitor.notPlain,
    })
  }

  #name(name: string): Measure {
    const found = this.#known.get(name)
    if (found !== undefined) return found
    const { parameters, states } = this.#declarations
    const declared = states.get(name) ?? parameters.get(name)
    if (declared !== undefined) return declared
    if (name === 't' || name === 'time') return measureOf(this.#time)
    return name === 'pi' ? { kind: 'number', value: Math.PI } : unknown
  }

  #state(name: string): Measure {
    return this.#declarations.states.get(name) ?? unknown
  }
}
