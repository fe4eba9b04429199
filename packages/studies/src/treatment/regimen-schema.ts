import type { Model } from '@cartkin/model'
import { expandDocument, type Regimen, type RegimenDocument, type RegimenItem } from '@cartkin/simulation'
import { z } from 'zod'
import { rulesSchema } from './rule-schema.ts'

const text = z.string().min(1)
const time = z.union([z.number(), text], { error: 'expected a time such as -5 or 8 h' })
const times = z.union([z.number(), text, z.array(time).min(1).max(1000)], {
  error: 'expected a time such as -5 or 8 h, or a list of them',
})
const share = z.union([z.number(), text], { error: 'expected a share such as 30 % or 0.3' })
const quantity = z.union([z.number(), text], { error: 'expected a value such as 70 kg, or the name of a parameter' })
const amount = text.meta({ description: 'An amount with its unit: 30 mg/m2, 8 mg/kg, 1e6 cells/kg, 2.5e8 cells' })
const number = z.number().positive().exactOptional()

const item: z.ZodType<RegimenItem> = z.strictObject({
  time: times.exactOptional(),
  day: times.exactOptional(),
  cmt: z
    .union([text, z.int().min(1)], { error: 'expected the name of a state' })
    .transform(String)
    .exactOptional(),
  amount: amount.exactOptional(),
  unit: amount.exactOptional(),
  atMost: amount.exactOptional(),
  amt: z
    .union([z.number().min(0), text], { error: 'expected an amount from 0 on, or an expression over the parameters' })
    .exactOptional(),
  over: time.exactOptional(),
  rate: z.union([z.number().positive(), text], { error: 'expected a rate such as 10 mg/h' }).exactOptional(),
  duration: number,
  ii: number,
  addl: z.int().min(0).max(100_000).exactOptional(),
  every: time.exactOptional(),
  times: z.int().min(1).max(100_000).exactOptional(),
  split: z.array(share).min(1).max(100).exactOptional(),
  counts: z.enum(['viable transduced cells', 'viable cells', 'cells']).exactOptional(),
  viability: share.exactOptional(),
  transduced: share.exactOptional(),
  label: z.string().exactOptional(),
  event: text.exactOptional(),
  removes: z.record(z.string(), share).exactOptional(),
  regimen: text.exactOptional(),
  evid: z.union([z.literal(5), z.literal(6)]).exactOptional(),
  given: z
    .strictObject({
      amount: z.union([z.number(), text]),
      unit: z.string(),
      product: z.strictObject({ viability: z.number(), transduced: z.number() }).exactOptional(),
    })
    .exactOptional(),
})

const items = z.array(item).max(10_000)

/** The form of a regimen file, before it is expanded for a model. */
export const regimenSchema: z.ZodType<RegimenDocument> = z.strictObject({
  name: z.string().exactOptional(),
  timeUnit: text.exactOptional(),
  patient: z
    .strictObject({
      weight: quantity.exactOptional(),
      height: quantity.exactOptional(),
      bodySurfaceArea: quantity.exactOptional(),
    })
    .exactOptional(),
  regimens: z.record(z.string(), items).exactOptional(),
  doses: items,
  rules: rulesSchema.exactOptional(),
  milestones: z.array(z.strictObject({ time: z.number(), label: z.string() })).exactOptional(),
})

/** A regimen in the terms of a model (null: of any), from a file as people write it. */
export function regimenSchemaFor(model: Model | null): z.ZodType<Regimen> {
  return regimenSchema.transform((document, context) => {
    const expanded = expandDocument(document, model)
    if (expanded.ok) return expanded.regimen
    for (const { path, message } of expanded.issues) context.addIssue({ code: 'custom', path: [...path], message })
    return z.NEVER
  })
}
