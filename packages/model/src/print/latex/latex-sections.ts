import type { Model } from '../../model.ts'
import { type ModelSection, modelSections } from '../equations/model-sections.ts'
import { latexEquation } from './latex-equation.ts'
import type { LatexNames } from './latex-names.ts'
import { latexRandomEffects, latexResidualError } from './latex-statistics.ts'

/** One section of a model's mathematics as an `align*`. */
export interface LatexSection {
  readonly title: string
  readonly latex: string
}

/** The sections of `modelSections`, in its order. */
export function latexSections(model: Model, names: LatexNames): readonly LatexSection[] {
  const labels = new Map(model.parameters.map(({ name, label }) => [name, label]))
  return modelSections(model).map((section) => ({
    title: section.title,
    latex: `\\begin{align*}\n${rowsOf(section, names, labels).join(' \\\\\n')}\n\\end{align*}`,
  }))
}

/** Signs are given in this order where several names would look the same. */
export function nameOrder({ states, parameters, outputs }: Model): readonly string[] {
  return [...states, ...parameters, ...outputs].map(({ name }) => name)
}

function rowsOf(section: ModelSection, names: LatexNames, labels: ReadonlyMap<string, string>): readonly string[] {
  switch (section.kind) {
    case 'equations':
      return section.equations.flatMap((equation) => latexEquation(equation, names, ''))
    case 'randomEffects':
      return section.blocks.map((block) => latexRandomEffects(block, names, labels))
    case 'errors':
      return section.errorModels.map((errorModel) => latexResidualError(errorModel, names))
  }
}
