import type { Model } from '../../model.ts'
import { type ModelSection, modelSections } from '../equations/model-sections.ts'
import { LatexNames } from '../latex/latex-names.ts'
import { latexSections, nameOrder } from '../latex/latex-sections.ts'
import { type MathRow, mathEquation } from './math-equation.ts'
import { MathNames } from './math-names.ts'
import { mathRandomEffects, mathResidualError } from './math-statistics.ts'

/** A part of a model's mathematics: rows of equations, and the same as LaTeX. */
export interface MathSection {
  readonly title: string
  readonly rows: readonly MathRow[]
  /** An `align*` that needs `amsmath` alone. */
  readonly latex: string
}

/**
 * The mathematics of a model for pages: random effects, definitions, differential equations, initial values, dosing
 * properties and residual errors, each where there are any, in the order of the text.
 */
export function modelMathematics(model: Model): readonly MathSection[] {
  const names = new MathNames()
  const latexNames = new LatexNames()
  for (const name of nameOrder(model)) {
    names.of(name)
    latexNames.of(name)
  }
  const latex = latexSections(model, latexNames)
  return modelSections(model).map((section, k) => ({
    title: section.title,
    rows: rowsOf(section, names),
    latex: latex[k]?.latex ?? '',
  }))
}

function rowsOf(section: ModelSection, names: MathNames): readonly MathRow[] {
  switch (section.kind) {
    case 'equations':
      return section.equations.flatMap((equation) => mathEquation(equation, names))
    case 'randomEffects':
      return section.blocks.map((block) => mathRandomEffects(block, names))
    case 'errors':
      return section.errorModels.map((errorModel) => mathResidualError(errorModel, names))
  }
}
