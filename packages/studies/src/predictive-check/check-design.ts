import type { Model } from '@cartkin/model'
import { observationQuantities, type Subject } from '@cartkin/simulation'
import { commonLimit } from '@cartkin/tables'
import { InputError } from '../files/input-error.ts'

/** An observation of the data, where a replicate of it is found among what is simulated for its subject. */
export interface DesignRow {
  readonly subject: number
  /** Place among the subject's rows with EVID 0. */
  readonly row: number
  readonly time: number
  readonly value: number
  readonly below: boolean
}

/** What was observed of one endpoint of the model. */
export interface DesignEndpoint {
  /** State or output that is observed. */
  readonly quantity: string
  /** Column of simulated observations. */
  readonly simulated: string
  readonly rows: readonly DesignRow[]
  /** Lower limit of quantification; undefined where none is known. */
  readonly lloq: number | undefined
  readonly isLogarithmic: boolean
}

/**
 * The observations of subjects by endpoint of the model: what replicates are compared with. A limit of quantification is the one
 * given for the endpoint, else the one at which most of its censored values stand.
 *
 * @param limits given limits by endpoint; that of `''` is for all others.
 * @returns the endpoints observed, and what is left out, since the model has no residual error for it.
 * @throws InputError for a model without residual errors, and data without observations of it.
 */
export function checkDesign(
  model: Model,
  subjects: readonly Subject[],
  limits: Readonly<Record<string, number>>,
  { modelName, dataFile }: { readonly modelName: string; readonly dataFile: string },
): { readonly endpoints: readonly DesignEndpoint[]; readonly note: string } {
  const errors = model.errorModels
  if (errors.length === 0)
    throw new InputError(modelName, 'has no residual errors to simulate observations with, such as C ~ prop(sd)')
  const simulated = observationQuantities(model).map(({ name }) => name)
  const names = errors.map((error) => error.endpoint).join(', ')
  const rows: DesignRow[][] = errors.map(() => [])
  const others = new Map<string, number>()
  for (const [subject, { id, records }] of subjects.entries())
    for (const [row, { time, dv, mdv, endpoint, cens }] of records.filter(({ evid }) => evid === 0).entries()) {
      if (dv === undefined || mdv) continue
      const named = errors.findIndex((error) => error.endpoint === endpoint || error.name === endpoint)
      const place = endpoint === undefined ? (errors.length === 1 ? 0 : -1) : named >= 0 ? named : Number(endpoint) - 1
      const own = rows[place]
      if (own === undefined) {
        if (endpoint === undefined)
          throw new InputError(
            dataFile,
            `subject ${id}, time ${time}: does not say what was observed; a column DVID must name one of ${names}, or number them from 1`,
          )
        others.set(endpoint, (others.get(endpoint) ?? 0) + 1)
        continue
      }
      own.push({ subject, row, time, value: dv, below: cens === 1 })
    }
  const design = errors.flatMap((error, k): DesignEndpoint[] => {
    const own = rows[k] ?? []
    if (own.length === 0) return []
    const censored = own.filter(({ below }) => below).map(({ value }) => value)
    const given = [error.endpoint, error.name, String(k + 1), ''].find((name) => Object.hasOwn(limits, name))
    const limit = given === undefined ? undefined : limits[given]
    const lloq = limit ?? commonLimit(censored)
    return [
      {
        quantity: error.kind === 'continuous' ? error.name : error.endpoint,
        simulated: simulated[k] ?? '',
        rows: own.map((row) => ({ ...row, below: row.below || (limit !== undefined && row.value < limit) })),
        lloq,
        isLogarithmic: error.kind === 'continuous' && error.transform.kind === 'log',
      },
    ]
  })
  const left = [...others].map(([name, count]) => `${name} (${count})`).join(', ')
  if (design.length === 0)
    throw new InputError(
      dataFile,
      left === ''
        ? 'holds no observations (EVID 0 rows with a value in DV) to compare with'
        : `holds observations of ${left} alone, and the model has residual errors of ${names}; a column DVID must name these, or number them from 1`,
    )
  return {
    endpoints: design,
    note: left === '' ? '' : `observations of what the model has no residual error for are left out: ${left}`,
  }
}
