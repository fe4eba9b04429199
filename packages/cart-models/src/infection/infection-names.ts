/** Names of `infection-risk` that stay as they are in the wholes; its parameters take a prefix. */
export const infectionNames: Readonly<Record<string, string>> = Object.fromEntries(
  [...['hazard', 'H', 'Pinf', 'Pser', 'byANC', 'byIgG', 'byCD4', 'byST'], ...['D_ANC', 'D_IgG', 'D_CD4']].map(
    (name) => [name, name],
  ),
)

/** Names of `immunoglobulin` in the wholes: states that are dosed, and what is read. */
export const iggNames: Readonly<Record<string, string>> = { IV: 'IVIG', SC: 'SCIG', IGR: 'IGR', IGT: 'IGT' }

/** States of `infection-risk` that the wholes leave to `countedEndpoints`. */
export const notCounted: readonly string[] = ['D_ANC1000', 'D_IgG4', 'D_B']
