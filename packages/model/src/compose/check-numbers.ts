import { findLinearForm } from '../check/linear-compartments.ts'
import { survey } from '../check/survey.ts'
import type { SyntaxTree } from '../syntax/syntax.ts'
import { quote } from '../text/quote.ts'
import type { Problems } from './problems.ts'
import type { ReadPart } from './read-part.ts'

/** What counts compartments or doses of a part counts those of all. */
export function checkNumbers(parts: readonly ReadPart[], problems: Problems): void {
  if (parts.length < 2) return
  for (const { part, model, tree } of parts) {
    const dvid = tree.body.find(({ kind }) => kind === 'dvid')
    if (dvid?.kind === 'dvid') {
      const message =
        '`dvid()` numbers the compartments of its part, which have other numbers in the whole; take it out.'
      problems.error(part.id, message, { text: part.text, at: dvid.at })
    }
    const isOfAll = model.doseInputs.some(
      ({ state, quantity }) => state === undefined && quantity !== 'slope' && quantity !== 'since',
    )
    if (isOfAll) {
      problems.warn(
        part.id,
        `Part ${quote(part.id)} counts doses into any state (tad(), dosenum() and their kin without one), so those of the other parts count, too; name the state in the brackets.`,
      )
    }
  }
}

/** `linCmt()` of a part must not take names of another for its own. */
export function checkLinear(parts: readonly ReadPart[], tree: SyntaxTree, problems: Problems): void {
  const open = parts.filter(({ survey: { linear } }) => linear !== undefined && linear.names.length === 0)
  if (open.length === 0) return
  const together = findLinearForm(namesFor(tree, survey(tree)))
  for (const { part, tree: own, survey: found } of open) {
    const alone = findLinearForm(namesFor(own, found))
    if (JSON.stringify(alone) === JSON.stringify(together)) continue
    problems.error(
      part.id,
      'In the whole `linCmt()` would find parameters of other parts by their names: write its own in the brackets, such as `linCmt(cl, v)`, or give the other parts a prefix.',
      { text: part.text, at: found.linear?.at ?? { offset: 0, length: 1 } },
    )
  }
}

function namesFor({ ini = [] }: SyntaxTree, { variables, used }: ReturnType<typeof survey>): readonly string[] {
  const effects = ini.flatMap((entry) => {
    if (entry.kind === 'theta') return [entry.name]
    return entry.kind === 'omega' ? entry.names.map(({ name }) => name) : []
  })
  return [...variables.keys(), ...effects, ...used]
}
