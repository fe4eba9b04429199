import type { Command } from './command.ts'
import { check } from './commands/check.ts'
import { checkData } from './commands/check-data.ts'
import { compareFits } from './commands/compare-fits.ts'
import { convert } from './commands/convert.ts'
import { explore } from './commands/explore.ts'
import { fit } from './commands/fit.ts'
import { models } from './commands/models.ts'
import { nca } from './commands/nca.ts'
import { regimen } from './commands/regimen.ts'
import { run } from './commands/run.ts'
import { sensitivity } from './commands/sensitivity.ts'
import { simulate } from './commands/simulate.ts'
import { validate } from './commands/validate.ts'
import { verify } from './commands/verify.ts'
import { vpc } from './commands/vpc.ts'

/** Every command of the program, in the order of its help. */
export const commands: readonly Command[] = [
  models,
  check,
  checkData,
  explore,
  convert,
  regimen,
  simulate,
  sensitivity,
  fit,
  nca,
  compareFits,
  vpc,
  run,
  validate,
  verify,
]
