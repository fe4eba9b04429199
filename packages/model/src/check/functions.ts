import { activation } from './functions/activation.ts'
import { bessel } from './functions/bessel.ts'
import { elementary } from './functions/elementary.ts'
import { gammaFamily } from './functions/gamma-family.ts'
import type { LanguageFunction } from './functions/language-function.ts'
import { likelihoods } from './functions/likelihoods.ts'
import { normal } from './functions/normal.ts'
import { rounding } from './functions/rounding.ts'

/** The mathematical functions a model may call, by name: those with fixed bits and exact derivatives. */
export const functions: ReadonlyMap<string, LanguageFunction> = new Map(
  [elementary, rounding, gammaFamily, normal, bessel, activation, likelihoods].flatMap((theme) =>
    Object.entries(theme),
  ),
)
