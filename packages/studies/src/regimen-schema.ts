import { type Model, nearestName, parseExpression } from '@cartkin/model'
import type { Regimen } from '@cartkin/simulation'
import { z } from 'zod'

const dose = z
  .strictObject({
    time: z.number(),
    cmt: z.union([z.string().min(1), z.int().min(1)], { error: 'expected the name of a state' }).transform(String),
    amt: z.union([z.number().min(0), z.string().min(1)], {
      error: 'expected an amount from 0 on, or an expression over the parameters',
    }),
    rate: z.number().positive().exactOptional(),
    duration: z.number().positive().exactOptional(),
    ii: z.number().positive().exactOptional(),
    addl: z.int().min(0).max(100_000).exactOptional(),
    label: z.string().exactOptional(),
  })
  .superRefine(({ rate, duration, ii, addl = 0 }, context) => {
    const issue = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message })
    if (rate !== undefined && duration !== undefined) issue('duration', 'stands beside a rate; give one of the two')
    if (addl > 0 && ii === undefined) issue('addl', 'needs ii, the time between the additional doses')
  })

/** A regimen as people write it: `doses:` with time, cmt, amt (a number or an expression over the parameters), … */
export const regimenSchema: z.ZodType<Regimen> = z
  .strictObject({ name: z.string().exactOptional(), doses: z.array(dose) })
  .transform(({ name = 'regimen', doses }) => ({ name, doses }))

/** A regimen that a model can be given: its states, and amounts over its parameters. */
export function regimenSchemaFor({ states, parameters }: Model): z.ZodType<Regimen> {
  const compartments = states.map(({ name }) => name)
  const names = parameters.map(({ name }) => name)
  return regimenSchema.superRefine(({ doses }, context) => {
    doses.forEach(({ cmt, amt }, index) => {
      const issue = (name: string, message: string) =>
        context.addIssue({ code: 'custom', path: ['doses', index, name], message })
      if (!compartments.includes(cmt) && compartments[Number(cmt) - 1] === undefined)
        issue('cmt', `the model has no state ${cmt}; ${remedy(cmt, compartments)}`)
      if (typeof amt !== 'string') return
      const expression = parseExpression(amt)
      if (!expression.ok) issue('amt', expression.diagnostics[0]?.message ?? 'expected an expression')
      else
        for (const name of expression.names)
          if (!names.includes(name)) issue('amt', `the model has no parameter ${name}; ${remedy(name, names)}`)
    })
  })
}

function remedy(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known)
  return nearest === undefined ? `it has ${known.join(', ') || 'none'}` : `did you mean ${nearest}?`
}
