import type { Model } from '@cartkin/model'
import {
  type DecisionCondition,
  type DecisionRule,
  type PatientQuantities,
  RuleTextError,
  readRule,
  type WrittenRule,
} from '@cartkin/simulation'
import { z } from 'zod'

const time = z.union([z.number().min(0), z.string().min(1)], { error: 'expected a time, such as 8 h' })
const amount = z.string().min(1)

const gift = z.union(
  [
    z.string().min(1),
    z.strictObject({
      cmt: z.union([z.string().min(1), z.int().min(1)], { error: 'expected the name of a state' }).transform(String),
      amount: amount.exactOptional(),
      amt: z.union([z.number().min(0), z.string().min(1)]).exactOptional(),
      unit: amount.exactOptional(),
      atMost: amount.exactOptional(),
      over: time.exactOptional(),
      rate: z.union([z.number().positive(), z.string().min(1)]).exactOptional(),
      every: time.exactOptional(),
      times: z.int().min(1).max(100_000).exactOptional(),
      duration: z.number().positive().exactOptional(),
      ii: z.number().positive().exactOptional(),
      addl: z.int().min(0).max(100_000).exactOptional(),
      after: time.exactOptional(),
      label: z.string().exactOptional(),
    }),
  ],
  { error: 'expected a dose, such as tocilizumab 8 mg/kg into TC1, or { cmt: TC1, amount: 8 mg/kg }' },
)

const holding = {
  forTime: z.number().min(0).exactOptional(),
  from: z.number().exactOptional(),
  until: z.number().exactOptional(),
}
const threshold = z.union([z.number(), z.string().min(1)])
const comparison = { quantity: z.string().min(1), ...holding }
const conditions = z.lazy(() => z.array(condition).min(1))

/** A condition in the terms of a model. */
const condition: z.ZodType<DecisionCondition> = z.union([
  z.strictObject({ ...comparison, atLeast: threshold }),
  z.strictObject({ ...comparison, above: threshold }),
  z.strictObject({ ...comparison, atMost: threshold }),
  z.strictObject({ ...comparison, below: threshold }),
  z.strictObject({ ...holding, all: conditions }),
  z.strictObject({ ...holding, any: conditions }),
])

const rule = z
  .strictObject({
    name: z.string().min(1),
    when: z.union([z.string().min(1), condition], { error: 'expected a condition, such as TEMP >= 38 for 12 h' }),
    give: z.union([gift, z.array(gift).min(1)]),
    atMost: z.int().min(1).exactOptional(),
    apart: time.exactOptional(),
    stopAfter: time.exactOptional(),
  })
  .superRefine(({ atMost = 1, apart }, context) => {
    if (atMost > 1 && apart === undefined)
      context.addIssue({ code: 'custom', path: ['atMost'], message: 'above 1 needs `apart:`, such as apart: 8 h' })
  })

/** Rules as people write them: `when: TEMP >= 38 for 12 h`, `give: tocilizumab 8 mg/kg into TC1`, `atMost: 3`, `apart: 8 h`. */
export const rulesSchema: z.ZodType<readonly WrittenRule[]> = z.array(rule).superRefine((rules, context) => {
  rules.forEach(({ name }, index) => {
    if (rules.findIndex((other) => other.name === name) < index)
      context.addIssue({ code: 'custom', path: [index, 'name'], message: `two rules have the name ${name}` })
  })
})

const patientQuantity = z.union([z.number().positive(), z.string().min(1)]).exactOptional()

/** A file of rules: `rules:`, and `patient:` for amounts per kg and per m² where the model has no WT and BSA. */
const rulesDocument = z.strictObject({
  patient: z
    .strictObject({ weight: patientQuantity, height: patientQuantity, bodySurfaceArea: patientQuantity })
    .default({}),
  rules: rulesSchema,
})

/** The rules of a file in the terms of a model. */
export function rulesSchemaFor(model: Model): z.ZodType<readonly DecisionRule[]> {
  return rulesDocument.transform(({ patient, rules }, context) => {
    return rulesFor(model, rules, patient, (index, path, message) =>
      context.addIssue({ code: 'custom', path: ['rules', index, ...path], message }),
    )
  })
}

/** Written rules in the terms of a model; `tell` is told of each that cannot be read, and it is left out. */
export function rulesFor(
  model: Model,
  rules: readonly WrittenRule[],
  patient: PatientQuantities,
  tell: (index: number, path: readonly (string | number)[], message: string) => void,
): readonly DecisionRule[] {
  return rules.flatMap((written, index) => {
    try {
      return [readRule(model, written, patient)]
    } catch (error) {
      if (!(error instanceof RuleTextError)) throw error
      tell(index, error.path, error.message)
      return []
    }
  })
}
