import { libraryModels } from '@cartkin/cart-models'
import { languageReference, parseModel } from '@cartkin/model'
import { probeText, wrongDiagnostics } from '../hostile/text-probe.ts'
import type { Choices } from './choices.ts'
import { lawProblems } from './model-law.ts'
import { mutatedText } from './mutate-text.ts'
import { randomModel } from './random-model.ts'

/** Whole texts that are there already: those of the reference, and the shorter models of the library. */
const knownTexts: readonly string[] = [
  ...languageReference().flatMap(({ constructs }) => constructs.map(({ text }) => text)),
  ...libraryModels.map(({ text }) => text).filter((text) => text.length < 6000),
]

/** A text to read and what is wrong with how it was read. */
export interface FuzzInput {
  readonly text: string
  readonly problems: readonly string[]
}

/** Makes one text, legal or with slips, and reads it; now and then by everything that reads texts. */
export function fuzzInput(choices: Choices): FuzzInput {
  const isThorough = choices.oneIn(16)
  if (choices.below(5) < 2) {
    const made = randomModel(choices)
    return { text: made.text, problems: [...lawProblems(made, choices.oneIn(4)), ...probed(made.text, isThorough)] }
  }
  const known = () => (choices.oneIn(4) ? choices.pick(knownTexts) : randomModel(choices).text)
  const text = mutatedText(known(), known, choices)
  return { text, problems: isThorough ? probed(text, true) : wrongParse(text) }
}

function probed(text: string, isThorough: boolean): readonly string[] {
  return isThorough ? probeText(text, 'all').problems : []
}

function wrongParse(text: string): string[] {
  const result = parseModel(text)
  if (!result.ok && result.diagnostics.length === 0) return ['refused without a reason']
  return wrongDiagnostics(text, result.ok ? result.model.warnings : result.diagnostics)
}
