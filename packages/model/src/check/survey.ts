import type { Conditional, Statement, SyntaxTree } from '../syntax/syntax.ts'
import type { Extent } from '../text/source-text.ts'
import { isErrorLine } from './error-lines.ts'

/** What is assigned anywhere in a text, in order of appearance: states are known before their d/dt is read. */
export interface Survey {
  readonly states: ReadonlyMap<string, SurveyedState>
  readonly variables: ReadonlyMap<string, SurveyedVariable>
  readonly conditionalsWithDerivative: ReadonlySet<Conditional>
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

/** Walks all statements, those inside `if` included. */
export function survey(tree: SyntaxTree): Survey {
  const states = new Map<string, SurveyedState>()
  const initialComments = new Map<string, string>()
  const variables = new Map<string, SurveyedVariable>()
  const conditionalsWithDerivative = new Set<Conditional>()
  // nesting is bounded by the parser's budget
  const visit = (statements: readonly Statement[]): boolean => {
    let hasDerivative = false
    for (const statement of statements) {
      if (statement.kind === 'conditional') {
        const inside = statement.branches.map(({ body }) => visit(body))
        if (visit(statement.otherwise) || inside.includes(true)) {
          conditionalsWithDerivative.add(statement)
          hasDerivative = true
        }
        continue
      }
      const { target } = statement
      if (target === undefined) continue
      const { kind, name, at } = target
      const comment = statement.kind === 'assignment' ? statement.comment : ''
      if (kind === 'derivative') {
        hasDerivative = true
        if (!states.has(name)) states.set(name, { at, comment, initialComment: '' })
      } else if (kind === 'initial') {
        initialComments.set(name, comment)
      } else if (kind === 'variable' && !(statement.kind === 'assignment' && isErrorLine(statement))) {
        const shown = !(statement.kind === 'assignment' && statement.hidden)
        const known = variables.get(name)
        if (known === undefined) variables.set(name, { first: at, assignments: 1, shown, comment })
        else {
          known.assignments++
          known.shown ||= shown
          known.comment ||= comment
        }
      }
    }
    return hasDerivative
  }
  visit(tree.body)
  for (const [name, state] of states) state.initialComment = initialComments.get(name) ?? ''
  return { states, variables, conditionalsWithDerivative }
}
