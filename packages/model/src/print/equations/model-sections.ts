import { survey } from '../../check/survey.ts'
import type { ErrorModel, Model, OmegaBlock } from '../../model.ts'
import { parseSyntax } from '../../syntax/parse-syntax.ts'
import type { Assignment, TargetKind } from '../../syntax/syntax.ts'
import { Diagnostics } from '../../text/diagnostics.ts'
import { type Equation, equationsOf } from './equations.ts'

/** What a page of a model's mathematics shows, section by section. */
export type ModelSection =
  | { readonly kind: 'equations'; readonly title: string; readonly equations: readonly Equation[] }
  | { readonly kind: 'randomEffects'; readonly title: string; readonly blocks: readonly OmegaBlock[] }
  | { readonly kind: 'errors'; readonly title: string; readonly errorModels: readonly ErrorModel[] }

const equationSections: readonly (readonly [title: string, kinds: readonly (TargetKind | 'branch')[]])[] = [
  ['Definitions', ['variable', 'branch', 'modelTime']],
  ['Differential equations', ['derivative']],
  ['Initial values', ['initial']],
  ['Doses', ['bioavailability', 'lag', 'duration', 'rate']],
]

/** The sections of a model that have something in them; equations in the order of the text. */
export function modelSections(model: Model): readonly ModelSection[] {
  const equations = modelEquations(model)
  const sections: readonly ModelSection[] = [
    { kind: 'randomEffects', title: 'Random effects', blocks: model.omega },
    ...equationSections.map(([title, kinds]): ModelSection => {
      const kindOf = (equation: Equation) => (equation.kind === 'equation' ? equation.target.kind : 'branch')
      return { kind: 'equations', title, equations: equations.filter((equation) => kinds.includes(kindOf(equation))) }
    }),
    { kind: 'errors', title: 'Residual errors', errorModels: model.errorModels },
  ]
  return sections.filter((section) => rowsOf(section) > 0)
}

function rowsOf(section: ModelSection): number {
  switch (section.kind) {
    case 'equations':
      return section.equations.length
    case 'randomEffects':
      return section.blocks.length
    case 'errors':
      return section.errorModels.length
  }
}

function modelEquations(model: Model): readonly Equation[] {
  const places = new Set(model.parameters.map(({ span }) => span.offset))
  const tree = parseSyntax(model.text, new Diagnostics(model.text))
  const { errorLines } = survey(tree)
  const isShown = (assignment: Assignment) =>
    !errorLines.has(assignment) && !(assignment.target.kind === 'variable' && places.has(assignment.target.at.offset))
  return equationsOf(tree.body, isShown)
}
