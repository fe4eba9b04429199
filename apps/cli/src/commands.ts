import type { Command } from './command.ts'
import { check } from './commands/check.ts'
import { models } from './commands/models.ts'
import { simulate } from './commands/simulate.ts'

/** Every command of the program, in the order of its help. */
export const commands: readonly Command[] = [models, check, simulate]
