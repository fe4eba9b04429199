import { resolve } from 'node:path'
import type { SteeringLog } from '@cartkin/fitting'
import { readInput, readSteering } from '@cartkin/studies'
import { decodeText } from '@cartkin/tables'
import { Misuse } from '../failure.ts'
import type { Io } from '../io.ts'
import { type FitWatcher, fitWatcher } from '../steering/fit-watcher.ts'
import { toOneOf, toText } from './convert.ts'
import { flag, type OptionValues, optional } from './option.ts'

/** How a fit is seen and steered while it runs. */
export const steeringOptionTable = {
  trace: optional('text|json', 'Every iteration on a line of the standard error', toOneOf('text', 'json')),
  interactive: flag('Wait before the first iteration and at the end, and read commands: fix, free, bound, value, stop'),
  steer: optional('FILE', 'Commands by iteration, as an earlier fit wrote them (fit-steering.json)', toText),
}

type Given = OptionValues<typeof steeringOptionTable>

/** Who watches the fit; `isAlone`: every patient alone, where nothing but pause and stop is taken. */
export function watcherOf({ trace, interactive, steer }: Given, isAlone: boolean, io: Io): FitWatcher {
  if (isAlone && (interactive || steer !== undefined))
    throw new Misuse(
      `--${interactive ? 'interactive' : 'steer'} belongs to a fit of all patients together; give --pooled, or fix and bound by --param and --estimate`,
    )
  if (interactive && io.input === undefined)
    throw new Misuse('--interactive reads commands from the standard input, which is closed')
  return fitWatcher({ ...(trace !== undefined && { trace }), interactive }, io)
}

/** The commands of --steer, for the step that fits. */
export async function steeringOfStep({ steer }: Given, io: Io): Promise<{ readonly steering?: SteeringLog }> {
  if (steer === undefined) return {}
  const text = decodeText(await readInput(resolve(io.folder, steer), steer), steer)
  return { steering: readSteering(text, steer) }
}
