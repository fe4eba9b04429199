import { z } from 'zod'

/** What a sensitivity step says beside its treatment. */
export interface SensitivityLines {
  readonly method: 'sobol' | 'morris' | 'local'
  /** What varies; absent: all that the population of the model varies. */
  readonly inputs?: readonly InputLine[]
  /** Endpoints, by name. */
  readonly outputs: readonly string[]
  /** Of sobol: samples N, a power of two (1024); of morris: trajectories (20). */
  readonly samples?: number
  readonly secondOrder: boolean
  /** Of sobol: the widest interval of a total index at which it ends before all samples. */
  readonly precision?: number
  /** Level of the intervals. */
  readonly level: number
  /** Values of outputs, by name, in runs where they are not defined, such as the last day for a day that does not come. */
  readonly undefinedAs: Readonly<Record<string, number>>
  /** Outputs, by name, of which the natural logarithm is analysed: those that spread over orders of magnitude. */
  readonly logarithms: readonly string[]
}

/**
 * An input: as the population varies it, or from half to twice its value; within a range or factors of its value, on a
 * logarithmic scale where all of it is positive; or around its value with a standard deviation.
 */
export interface InputLine {
  readonly name: string
  readonly range?: readonly [low: number, high: number]
  readonly factors?: readonly [low: number, high: number]
  readonly sd?: number
  /** Absent: logarithmic where it can be. */
  readonly scale?: 'log' | 'linear'
}

const range = z.tuple([z.number(), z.number()]).readonly()

const inputLine = z
  .strictObject({
    name: z.string().min(1),
    range: range.exactOptional(),
    factors: range.exactOptional(),
    sd: z.number().positive().exactOptional(),
    scale: z.enum(['log', 'linear']).exactOptional(),
  })
  .refine((line) => [line.range, line.factors, line.sd].filter((given) => given !== undefined).length <= 1, {
    message: 'takes one of `range`, `factors` and `sd`',
  })

/** The fields of a sensitivity step beside its treatment. */
export const sensitivityFields = {
  method: z.enum(['sobol', 'morris', 'local']),
  inputs: z.array(inputLine).min(1).exactOptional(),
  outputs: z.array(z.string().min(1)).min(1).max(100),
  samples: z.int().min(2).max(1_000_000).exactOptional(),
  secondOrder: z.boolean().default(false),
  precision: z.number().positive().exactOptional(),
  level: z.number().gt(0).lt(1).default(0.95),
  undefinedAs: z.record(z.string(), z.number()).default({}),
  logarithms: z.array(z.string().min(1)).default([]),
}

/** What does not go together in a sensitivity step, by the field. */
export function sensitivityIssues({
  method,
  samples,
  secondOrder,
  precision,
}: SensitivityLines): readonly (readonly [field: string, message: string])[] {
  return [
    ...(method !== 'sobol' && secondOrder ? [['secondOrder', 'is for the method sobol'] as const] : []),
    ...(method !== 'sobol' && precision !== undefined ? [['precision', 'is for the method sobol'] as const] : []),
    ...(method === 'local' && samples !== undefined
      ? [['samples', 'is for the methods sobol and morris'] as const]
      : []),
  ]
}
