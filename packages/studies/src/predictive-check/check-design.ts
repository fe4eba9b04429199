import type { Model } from '@cartkin/model'
import { observationQuantities, type Subject } from '@cartkin/simulation'
import { InputError } from '../files/input-error.ts'
import { commonLimit } from '../subjects/common-limit.ts'

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
 * @throws InputError for a model without residual errors, data without observations, or one whose endpoint is not known.
 */
export function checkDesign(
  model: Model,
  subjects: readonly Subject[],
  limits: Readonly<Record<string, number>>,
  { modelName, dataFile }: { readonly modelName: string; readonly dataFile: string },
): readonly DesignEndpoint[] {
  const errors = model.errorModels
  if (errors.length === 0)
    throw new InputError(modelName, 'has no residual errors to simulate observations with, such as C ~ prop(sd)')
  const simulated = observationQuantities(model).map(({ name }) => name)
  const rows: DesignRow[][] = errors.map(() => [])
  for (const [subject, { id, records }] of subjects.entries())
    for (const [row, { time, dv, mdv, endpoint, cens }] of records.filter(({ evid }) => evid === 0).entries()) {
      if (dv === undefined || mdv) continue
      const named = errors.findIndex((error) => error.endpoint === endpoint || error.name === endpoint)
      const place = endpoint === undefined ? (errors.length === 1 ? 0 : -1) : named >= 0 ? named : Number(endpoint) - 1
      const own = rows[place]
      if (own === undefined)
        throw new InputError(
          dataFile,
          `subject ${id}, time ${time}: ${endpoint === undefined ? 'does not say what was observed' : `${endpoint} is no endpoint of the model`}; a column DVID must name one of ${errors.map((error) => error.endpoint).join(', ')}, or number them from 1`,
        )
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
  if (design.length === 0)
    throw new InputError(dataFile, 'holds no observations (EVID 0 rows with a value in DV) to compare with')
  return design
}
