import { keyNumberStudies } from '@cartkin/cart-models'
import { solverMethods } from '@cartkin/compute'
import { z } from 'zod'
import { steeringSchema } from '../fit/steering-schema.ts'
import { regimenSchema } from '../treatment/regimen-schema.ts'
import { rulesSchema } from '../treatment/rule-schema.ts'
import { uncertaintySchema } from '../uncertainty/uncertainty-plan.ts'
import { dataReadingSchema } from './data-reading.ts'
import { endpointSchema } from './endpoint-schema.ts'
import { filtersSchema } from './filter-schema.ts'
import { parseTimes } from './parse-times.ts'
import type { Plan, Step } from './plan.ts'
import { sensitivityFields, sensitivityIssues } from './sensitivity-lines.ts'
import { startSchema } from './start-of.ts'

/** Names of plans and steps become file names: lower-case letters, digits and dashes only. */
const name = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, {
  error: ({ input }) => `expected a name of lower-case letters, digits and dashes, got ${JSON.stringify(input)}`,
})

const times = z.union([z.string(), z.number()]).transform((text, context): Float64Array => {
  try {
    return parseTimes(String(text))
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error))
    return z.NEVER
  }
})

const numbers = z.record(z.string(), z.number())
/** Values of parameters and inputs; texts where the model compares with texts. */
const values = z.record(z.string(), z.union([z.number(), z.string()]))
const regimen = z.union([z.literal('none'), regimenSchema])

const solver = z.strictObject({
  method: z.enum(solverMethods).exactOptional(),
  rtol: z.number().positive().exactOptional(),
  atol: z.number().positive().exactOptional(),
  atolByState: z.record(z.string(), z.number().positive()).exactOptional(),
  maxStep: z.number().positive().exactOptional(),
  maxSteps: z.int().positive().exactOptional(),
  recordRules: z.enum(['nonmem', 'rxode2']).exactOptional(),
})

const covariates = z.record(
  z.string(),
  z
    .strictObject({
      times: z.array(z.number()).min(1),
      values: z.array(z.union([z.number(), z.string()])).min(1),
      interpolation: z.enum(['locf', 'nocb', 'midpoint']).default('locf'),
    })
    .refine(({ times, values }) => times.length === values.length, {
      message: 'needs one value for each of its times',
    }),
)

const treatment = {
  name,
  model: z.string().min(1),
  scenario: z.string().min(1).exactOptional(),
  regimen: regimen.exactOptional(),
  rules: rulesSchema.exactOptional(),
  parameters: values.default({}),
  covariates: covariates.exactOptional(),
  times,
  endpoints: z.array(endpointSchema).default([]),
  start: startSchema.exactOptional(),
}

const population = z.strictObject({
  factors: z.array(z.strictObject({ name: z.string(), sd: z.number().min(0) })).default([]),
  parameters: z.array(
    z.strictObject({
      parameter: z.string(),
      median: z.number().exactOptional(),
      sd: z.number().min(0),
      factors: numbers.exactOptional(),
      limits: z.tuple([z.number(), z.number()]).readonly().exactOptional(),
    }),
  ),
  ties: z.record(z.string(), z.string()).default({}),
})

/** A model, event data, and what the one says of the other. */
const fittedData = {
  model: z.string().min(1),
  regimen: regimen.exactOptional(),
  start: startSchema.exactOptional(),
  parameters: values.default({}),
  data: z.string().min(1),
  timeUnit: z.string().min(1).exactOptional(),
  reading: dataReadingSchema.exactOptional(),
  observe: z.record(z.string(), z.string().min(1)).exactOptional(),
}

const ownFit = z.strictObject({
  ...fittedData,
  estimate: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        start: z.number().exactOptional(),
        lower: z.number().exactOptional(),
        upper: z.number().exactOptional(),
        scale: z.enum(['log', 'linear', 'logit', 'probit']).exactOptional(),
        prior: z.strictObject({ mean: z.number(), sd: z.number().positive() }).exactOptional(),
      }),
    )
    .default([]),
  ties: z.record(z.string(), z.strictObject({ parameter: z.string().min(1), factor: z.number() })).exactOptional(),
  endpoints: z
    .array(
      z.strictObject({
        quantity: z.string().min(1),
        error: z.enum(['log', 'additive', 'proportional', 'power', 'combined', 'combined1', 'least-squares']),
        distribution: z
          .strictObject({ kind: z.literal('t'), df: z.number().positive().exactOptional() })
          .exactOptional(),
      }),
    )
    .exactOptional(),
  blq: z.enum(['M1', 'M2', 'M3', 'M4']).exactOptional(),
})

/** How a fit searches. */
const search = {
  multiStart: z
    .strictObject({
      starts: z.int().min(1).max(10_000),
      spread: z.union([z.number().gt(1), z.literal('bounds')]).exactOptional(),
    })
    .exactOptional(),
  search: z.enum(['trust-region', 'nelder-mead']).exactOptional(),
  maxIterations: z.int().min(1).exactOptional(),
}

const step = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('simulate'), ...treatment, observations: z.boolean().default(false) }),
  z.strictObject({
    kind: z.literal('population'),
    ...treatment,
    subjects: z.int().min(1).max(100_000),
    population: population.exactOptional(),
    filters: filtersSchema.default([]),
    quantities: z.array(z.string()).min(1),
  }),
  z
    .strictObject({ kind: z.literal('sensitivity'), ...treatment, ...sensitivityFields })
    .superRefine((lines, context) => {
      for (const [field, message] of sensitivityIssues(lines))
        context.addIssue({ code: 'custom', path: [field], message })
    }),
  z.strictObject({
    kind: z.literal('compare'),
    name,
    courses: z.record(name, z.string().min(1)).refine((courses) => Object.keys(courses).length >= 2, {
      message: 'needs two steps at least, the first as the reference',
    }),
    endpoints: z.array(z.string()).min(1).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('fit'),
    name,
    problem: z.union([z.literal('axi-cel'), ownFit]),
    starts: z.array(z.number().positive()).min(1).max(100).default([1]),
    ...search,
    uncertainty: uncertaintySchema.exactOptional(),
    steering: steeringSchema.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('individuals'),
    name,
    problem: ownFit,
    profiles: z.boolean().default(true),
    ...search,
  }),
  z.strictObject({
    kind: z.literal('explore'),
    name,
    data: z.string().min(1),
    reading: dataReadingSchema.exactOptional(),
    timeUnit: z.string().min(1).exactOptional(),
    by: z.string().min(1).exactOptional(),
    nominal: z.string().min(1).exactOptional(),
    scale: z.enum(['linear', 'log']).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('identifiability'), name, problem: ownFit }),
  z.strictObject({
    kind: z.literal('predictive-check'),
    name,
    ...fittedData,
    errors: z.record(z.string(), z.string().min(1)).exactOptional(),
    fit: name.exactOptional(),
    replicates: z.int().min(20).max(100_000).default(500),
    bins: z.union([z.int().min(1), z.array(z.number()).min(2)]).exactOptional(),
    stratify: z.string().min(1).exactOptional(),
    predictionCorrected: z.boolean().exactOptional(),
    scale: z.enum(['linear', 'log']).exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('compare-fits'),
    name,
    fits: z.record(name, z.string().min(1)).refine((fits) => Object.keys(fits).length >= 2, {
      message: 'needs two fits at least',
    }),
  }),
  z.strictObject({
    kind: z.literal('targets'),
    name,
    models: z.array(z.enum(['lupus_vpop', ...keyNumberStudies.map(({ name }) => name)])).min(1),
    population: name.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('report'),
    name: name.default('report'),
    highlights: z
      .array(z.strictObject({ of: name, endpoint: z.string(), course: name, label: z.string().min(1).exactOptional() }))
      .default([]),
    sections: z.array(
      z.strictObject({
        title: z.string(),
        text: z.string().default(''),
        of: name,
        quantities: z.array(z.string()).min(1).exactOptional(),
        distributions: z.array(z.string()).min(1).exactOptional(),
        scale: z.enum(['linear', 'log']).exactOptional(),
        show: z.enum(['values', 'difference', 'ratio']).default('values'),
        from: z.number().exactOptional(),
        to: z.number().exactOptional(),
        least: z.number().exactOptional(),
        most: z.number().exactOptional(),
      }),
    ),
  }),
])

/** The form of a plan file. */
export const planSchema: z.ZodType<Plan> = z
  .strictObject({
    name,
    title: z.string().min(1),
    summary: z.string().default(''),
    seed: z.int().min(0).default(1),
    solver: solver.default({}),
    steps: z.array(step).min(1),
  })
  .superRefine(({ steps }, context) => {
    steps.forEach((entry, index) => {
      const before = steps.slice(0, index)
      const issue = (path: readonly PropertyKey[], message: string) =>
        context.addIssue({ code: 'custom', path: ['steps', index, ...path], message })
      if (before.some((other) => other.name === entry.name)) issue(['name'], `a step is already named ${entry.name}`)
      for (const { path, kinds, refers } of references(entry)) {
        const found = before.find((other) => other.name === refers)
        if (!found) issue(path, `no step before this one is named ${refers}`)
        else if (!kinds.includes(found.kind))
          issue(path, `step ${refers} is a ${found.kind}, expected ${kinds.join(' or ')}`)
      }
      if (entry.kind === 'targets' && entry.models.includes('lupus_vpop') && entry.population === undefined)
        issue(['models'], 'lupus_vpop needs `population:`, the name of a population step')
    })
  })

/** What a section of a report may show. */
const shownKinds: readonly Step['kind'][] = [
  'simulate',
  'population',
  'sensitivity',
  'compare',
  'fit',
  'individuals',
  'explore',
  'identifiability',
  'predictive-check',
  'compare-fits',
  'targets',
]

function references(
  step: Step,
): readonly { path: readonly PropertyKey[]; kinds: readonly Step['kind'][]; refers: string }[] {
  if (step.kind === 'targets' && step.population !== undefined)
    return [{ path: ['population'], kinds: ['population'], refers: step.population }]
  if (step.kind === 'predictive-check' && step.fit !== undefined)
    return [{ path: ['fit'], kinds: ['fit'], refers: step.fit }]
  if (step.kind === 'compare-fits')
    return Object.keys(step.fits).map((refers) => ({ path: ['fits', refers], kinds: ['fit'], refers }))
  if (step.kind === 'compare')
    return Object.keys(step.courses).map((refers) => ({ path: ['courses', refers], kinds: ['simulate'], refers }))
  if (step.kind === 'report')
    return [
      ...step.highlights.map(({ of }, index) => ({
        path: ['highlights', index, 'of'],
        kinds: ['compare' as const],
        refers: of,
      })),
      ...step.sections.map(({ of, distributions }, index) => ({
        path: ['sections', index, 'of'],
        kinds: distributions === undefined ? shownKinds : (['population'] as const),
        refers: of,
      })),
    ]
  return []
}
