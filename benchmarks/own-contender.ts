import { fileURLToPath } from 'node:url'
import type { Contender } from './peers/contender.ts'
import { driverContender } from './peers/driver-contender.ts'

/**
 * cartkin on a problem (with `subjects`, on so many virtual subjects), in a process of its own, so that no solver's
 * compiled code is shaped by what another ran.
 */
export function ownContender(problem: string, method: string, subjects = 0): Contender {
  const driver = fileURLToPath(new URL('./own-driver.ts', import.meta.url))
  return driverContender(method, method, () => [process.execPath, driver, problem, `${subjects}`, method])
}
