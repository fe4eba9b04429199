import type {
  DecisionCondition,
  DecisionDose,
  DecisionRule,
  GivenAmount,
  Milestone,
  Regimen,
  RegimenDose,
} from '@cartkin/simulation'
import { standardColumns } from '@cartkin/tables'
import * as z from 'zod/mini'
import { type DataChoice, mostExcluded } from './data-choice.ts'
import type { Bounds, Desk, PanelChoices } from './desk.ts'
import { firstChoices } from './desk.ts'
import { blqMethods, type FitChoices, firstFitChoices, mostStarts, residualErrors } from './fit-choices.ts'
import type { ProjectDocument } from './project-document.ts'
import type { Scenario } from './scenario.ts'
import { mostLooks, mostScenarios } from './scenes.ts'

/**
 * The form of a document from elsewhere: of a file, a link, or an earlier version of the page. It names every field of the
 * document's types, or it does not compile; a field that earlier versions did not have gets `older(form, value)`.
 */

/** Longest model text, characters: the largest that the language takes. */
export const longestText = 2 * 1024 * 1024
/** Most doses of a regimen. */
export const mostDoses = 2000

/** A form for each field of a type, the optional ones among them. */
type Forms<T> = { readonly [K in keyof T]-?: z.ZodMiniType<T[K]> }

/** A field that earlier versions did not have, with its value in a document of theirs. */
const older = <T>(form: z.ZodMiniType<T>, value: z.core.util.NoUndefined<T>) => z._default(form, value)
const optional = <T extends z.ZodMiniType>(form: T) => z.exactOptional(form)
const upTo = (length: number) => z.string().check(z.maxLength(length))

const name = upTo(400)
const label = upTo(1000)
const expression = upTo(10_000)
const number = z.number()
const positive = z.number().check(z.positive())
const count = z.int().check(z.nonnegative(), z.maximum(1_000_000))
const amount = z.union([number, expression])
/** JSON has no infinite numbers: these are written as texts. */
const extended = z.union([
  number,
  z.pipe(
    z.literal(['Infinity', '-Infinity']),
    z.transform((text) => Number(text)),
  ),
])
const text = z.nullable(upTo(longestText))
const list = <T>(form: z.ZodMiniType<T>, most: number) => z.array(form).check(z.maxLength(most))
const record = <T>(form: z.ZodMiniType<T>, most = 5000) =>
  z
    .record(name, form)
    .check(z.refine((values) => Object.keys(values).length <= most, { error: `more than ${most} entries` }))

const given: z.ZodMiniType<GivenAmount> = z.object({
  amount,
  unit: name,
  product: optional(z.object({ viability: number, transduced: number })),
} satisfies Forms<GivenAmount>)

const dose: z.ZodMiniType<RegimenDose> = z.object({
  time: number,
  cmt: name,
  amt: amount,
  rate: optional(number),
  duration: optional(number),
  ii: optional(number),
  addl: optional(count),
  label: optional(label),
  evid: optional(z.literal([5, 6])),
  given: optional(given),
} satisfies Forms<RegimenDose>)

const decidedDose: z.ZodMiniType<DecisionDose> = z.object({
  cmt: name,
  amt: amount,
  rate: optional(number),
  duration: optional(number),
  ii: optional(number),
  addl: optional(count),
  after: optional(number),
  label: optional(label),
} satisfies Forms<DecisionDose>)

const holding = { forTime: optional(number), from: optional(extended), until: optional(extended) }
const conditions = z.lazy(() => list(condition, 100))
const condition: z.ZodMiniType<DecisionCondition> = z.union([
  z.object({ ...holding, quantity: name, atLeast: amount }),
  z.object({ ...holding, quantity: name, above: amount }),
  z.object({ ...holding, quantity: name, atMost: amount }),
  z.object({ ...holding, quantity: name, below: amount }),
  z.object({ ...holding, all: conditions }),
  z.object({ ...holding, any: conditions }),
])

const rule: z.ZodMiniType<DecisionRule> = z.object({
  name: label,
  when: condition,
  give: list(decidedDose, 100),
  atMost: optional(extended),
  apart: optional(number),
  stopAfter: optional(extended),
} satisfies Forms<DecisionRule>)

const milestone: z.ZodMiniType<Milestone> = z.object({ time: number, label } satisfies Forms<Milestone>)

const regimen: z.ZodMiniType<Regimen> = z.object({
  name: label,
  doses: list(dose, mostDoses),
  milestones: optional(list(milestone, mostDoses)),
  rules: optional(list(rule, 100)),
} satisfies Forms<Regimen>)

const scenario: z.ZodMiniType<Scenario> = z.object({
  id: name,
  name: label,
  look: z.int().check(z.nonnegative(), z.lt(mostLooks)),
  shown: z.boolean(),
  regimen,
  horizon: positive,
  inputs: record(number),
  parameters: record(number),
} satisfies Forms<Scenario>)

const bounds: z.ZodMiniType<Bounds> = z.object({ lower: extended, upper: extended } satisfies Forms<Bounds>)

const view: z.ZodMiniType<PanelChoices> = z.object({
  lastTime: z.nullable(number),
  period: older(
    z.nullable(
      z
        .object({ low: number, high: number })
        .check(z.refine(({ low, high }) => low < high, { error: 'no time between' })),
    ),
    null,
  ),
  quantities: z.nullable(list(name, 5000)),
  scales: record(z.literal(['linear', 'log'])),
  tables: list(name, 5000),
} satisfies Forms<PanelChoices>)

const fit: z.ZodMiniType<FitChoices> = z.object({
  mode: z.nullable(z.literal(['pooled', 'individual'])),
  errors: record(z.literal([...residualErrors])),
  blq: z.literal([...blqMethods]),
  starts: z.int().check(z.minimum(1), z.maximum(mostStarts)),
  seed: z.int().check(z.nonnegative()),
} satisfies Forms<FitChoices>)

const desk: z.ZodMiniType<Desk> = z.object({
  scenarios: list(scenario, mostScenarios).check(z.minLength(1)),
  active: name,
  comparison: older(z.literal(['overlay', 'multiples', 'difference']), 'overlay'),
  difference: older(z.literal(['ratio', 'delta']), 'ratio'),
  reference: older(z.nullable(name), null),
  bounds: older(record(bounds), {}),
  fixed: older(list(name, 5000), []),
  fit: older(fit, firstFitChoices),
  observe: older(record(name), {}),
  view: older(view, firstChoices(null)),
} satisfies Forms<Desk>)

const header = upTo(10_000)
const lineNumber = z.int().check(z.positive())

const data: z.ZodMiniType<DataChoice> = z.object({
  name,
  hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  size: z.int().check(z.nonnegative()),
  attribution: older(label, ''),
  columns: older(z.partialRecord(z.literal(standardColumns), header), {}),
  ignored: older(list(header, 1000), []),
  decimal: older(z.nullable(z.literal(['.', ','])), null),
  logarithmic: older(z.boolean(), false),
  missing: older(list(label, 100), []),
  timeUnit: older(name, ''),
  limits: older(record(positive), {}),
  units: older(record(name), {}),
  zeros: older(z.literal(['below', 'kept']), 'below'),
  excluded: older(list(lineNumber, mostExcluded), []),
  group: older(z.nullable(header), null),
} satisfies Forms<DataChoice>)

export const documentSchema: z.ZodMiniType<ProjectDocument> = z.object({
  schema: z.literal(1),
  name: older(label, ''),
  open: name,
  ownText: older(text, null),
  ownBase: older(z.nullable(name), null),
  draft: older(text, null),
  data: older(z.nullable(data), null),
  desks: older(record(desk, 100), {}),
} satisfies Forms<ProjectDocument>)
