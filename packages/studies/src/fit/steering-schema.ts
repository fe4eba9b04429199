import type { SteeringEntry, SteeringLog } from '@cartkin/fitting'
import { z } from 'zod'
import { readYaml } from '../files/read-yaml.ts'

const iteration = z.int().min(0)
const parameter = z.string().min(1)
/** JSON has no infinite numbers: null says that there is no bound. */
const lower = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NEGATIVE_INFINITY)
  .exactOptional()
const upper = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.POSITIVE_INFINITY)
  .exactOptional()

/** Commands to a fit by iteration, as a plan gives them and a result keeps them. */
export const steeringSchema: z.ZodType<SteeringLog> = z.array(
  z.discriminatedUnion('command', [
    z.strictObject({ iteration, command: z.literal('fix'), parameter, value: z.number().exactOptional() }),
    z.strictObject({
      iteration,
      command: z.literal('free'),
      parameter,
      value: z.number().exactOptional(),
      lower,
      upper,
      scale: z.enum(['log', 'linear', 'logit', 'probit']).exactOptional(),
    }),
    z.strictObject({ iteration, command: z.literal('bound'), parameter, lower, upper }),
    z.strictObject({ iteration, command: z.literal('value'), parameter, value: z.number() }),
    z.strictObject({ iteration, command: z.literal('stop') }),
  ]),
)

/** Reads a file of steering (YAML or JSON). Throws an InputError that says which entry is wrong. */
export function readSteering(text: string, file: string): SteeringLog {
  return readYaml(steeringSchema, text, file)
}

/** The text of a file that `readSteering` reads: one entry on a line. */
export function steeringText(log: SteeringLog): string {
  const lines = log.map((entry: SteeringEntry) => JSON.stringify(entry))
  return `[${lines.length > 0 ? `\n  ${lines.join(',\n  ')}\n` : ''}]\n`
}
