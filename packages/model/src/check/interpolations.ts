import type { Interpolation } from '../model.ts'
import type { Diagnostics } from '../text/diagnostics.ts'
import { quote } from '../text/quote.ts'
import type { CheckContext } from './check-context.ts'
import type { Survey } from './survey.ts'

/** What `locf()`, `nocb()`, `linear()` and `midpoint()` say of names, wherever they stand; two that differ are reported. */
export function interpolationsOf(
  { declarations }: Survey,
  diagnostics: Diagnostics,
): ReadonlyMap<string, Interpolation> {
  const found = new Map<string, Interpolation>()
  for (const declaration of declarations) {
    if (declaration.kind !== 'interpolation') continue
    const { interpolation, names, at } = declaration
    for (const name of names) {
      const known = found.get(name)
      if (known !== undefined && known !== interpolation)
        diagnostics.error(at, `${quote(name)} is declared ${known}() and ${interpolation}(); declare it once.`)
      found.set(name, interpolation)
    }
  }
  return found
}

/** Reports what is declared to change with time and is no input, and warns of what is used nowhere. */
export function checkInterpolated({ survey, states, parameters, levels, diagnostics }: CheckContext): void {
  for (const declaration of survey.declarations) {
    if (declaration.kind !== 'interpolation') continue
    for (const name of declaration.names) {
      const parameter = parameters.find(name)
      const isText = levels.of(name).length > 0
      if (isText && declaration.interpolation === 'linear')
        diagnostics.error(
          declaration.at,
          `${quote(name)} is compared with texts, between which there is nothing; write locf().`,
        )
      if (parameter?.kind === 'covariate') continue
      if (parameter !== undefined || states.has(name) || survey.variables.has(name)) {
        diagnostics.error(
          declaration.at,
          `${quote(name)} is no input: the text itself gives it. \`${declaration.interpolation}()\` is of names that data give.`,
        )
      } else diagnostics.warn(declaration.at, `${quote(name)} is used nowhere in the model.`)
    }
  }
}
