import { type EventDataOptions, standardColumns } from '@cartkin/tables'
import { z } from 'zod'

/** How event data are read, as far as the file does not say it itself; in a plan and on the command line. */
export interface DataReading {
  /** Headers by the standard columns that they stand for: `{ TIME: day, DV: copies }`. */
  readonly columns?: Readonly<Partial<Record<(typeof standardColumns)[number], string>>>
  /** Headers to leave out. */
  readonly ignore?: readonly string[]
  /** Texts that stand for no value, such as `-99`, beside `.`, `NA` and empty cells. */
  readonly missing?: readonly string[]
  /** Lower limits of quantification by endpoint; that of `''` is for all others. */
  readonly lloq?: Readonly<Record<string, number>>
  /** Whether DV holds natural logarithms. */
  readonly logarithmic?: boolean
  readonly decimal?: 'point' | 'comma'
}

const texts = z.array(z.string()).readonly()

export const dataReadingSchema = z.strictObject({
  columns: z.partialRecord(z.enum(standardColumns), z.string()).exactOptional(),
  ignore: texts.exactOptional(),
  missing: texts.exactOptional(),
  lloq: z.record(z.string(), z.number()).exactOptional(),
  logarithmic: z.boolean().exactOptional(),
  decimal: z.enum(['point', 'comma']).exactOptional(),
})

/** What the reader of event data is told. */
export function readingOptions({
  columns,
  ignore,
  missing,
  lloq,
  logarithmic,
  decimal,
}: DataReading): EventDataOptions {
  return {
    ...(columns === undefined ? {} : { columns }),
    ...(ignore === undefined ? {} : { ignore }),
    ...(missing === undefined ? {} : { missing }),
    ...(lloq === undefined ? {} : { lloq: new Map(Object.entries(lloq)) }),
    ...(logarithmic === undefined ? {} : { logarithmic }),
    ...(decimal === undefined ? {} : { decimalSeparator: decimal === 'comma' ? ',' : '.' }),
  }
}
