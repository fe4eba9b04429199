import type { Model } from '@cartkin/model'

/** What is estimated of library models that have an example to be fitted to, but no note on fits. */
export const fittedNames: Readonly<Record<string, readonly string[]>> = {
  'oncology-qsp': ['rho', 'd_E', 'm_EM', 'd_M', 'p6', 'pG', 'CRPmax', 'eFer'],
}

/** The free parameters of the text's `ini` block. */
export function iniNames({ parameters }: Model): readonly string[] {
  return parameters.filter(({ kind, inIni, fixed }) => kind === 'parameter' && inIni && !fixed).map(({ name }) => name)
}

/** All names but these. */
export function fixedBut(names: Iterable<string>, free: readonly string[]): readonly string[] {
  return [...names].filter((name) => !free.includes(name))
}
