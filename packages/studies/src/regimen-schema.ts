import type { Regimen } from '@cartkin/simulation'
import { z } from 'zod'

const dose = z.strictObject({
  time: z.number(),
  cmt: z.string().min(1),
  amt: z.union([z.number(), z.string().min(1)]),
  rate: z.number().positive().exactOptional(),
  duration: z.number().positive().exactOptional(),
  ii: z.number().positive().exactOptional(),
  addl: z.int().min(0).exactOptional(),
  label: z.string().exactOptional(),
})

/** A regimen as people write it: `doses:` with time, cmt, amt (a number or an expression over the parameters), … */
export const regimenSchema: z.ZodType<Regimen> = z
  .strictObject({ name: z.string().exactOptional(), doses: z.array(dose) })
  .transform(({ name = 'regimen', doses }) => ({ name, doses }))
