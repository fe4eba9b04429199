import { Algebra } from '../graph/algebra.ts'
import type { Interpolation } from '../model.ts'
import type { SyntaxTree } from '../syntax/syntax.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import type { Extent } from '../text/source-text.ts'
import { Switches } from './compare.ts'
import { DoseInputs } from './dose-functions.ts'
import { interpolationsOf } from './interpolations.ts'
import { Levels } from './levels.ts'
import { Parameters } from './parameters.ts'
import { type Survey, survey } from './survey.ts'

/** What is known of a text while it is checked; the parts of the checker share and fill it. */
export class CheckContext {
  readonly tree: SyntaxTree
  readonly survey: Survey
  readonly diagnostics: Diagnostics
  readonly parameters: Parameters
  readonly levels: Levels
  readonly algebra = new Algebra()
  readonly switches = new Switches(this.algebra)
  readonly doses = new DoseInputs(this.algebra)
  /** How inputs that change with time run between their values, where the text says so. */
  readonly interpolations: ReadonlyMap<string, Interpolation>
  /** Index of each state. */
  readonly states = new Map<string, number>()
  /** Where each target was given last, by `bindingKey`. */
  readonly places = new Map<string, Extent>()
  /** Units stated by `unit(x) <- "…"`. */
  readonly units = new Map<string, string>()

  constructor(tree: SyntaxTree, diagnostics: Diagnostics) {
    this.tree = tree
    this.survey = survey(tree)
    this.diagnostics = diagnostics
    this.parameters = new Parameters(diagnostics)
    this.levels = new Levels(diagnostics)
    this.interpolations = interpolationsOf(this.survey, diagnostics)
  }
}
