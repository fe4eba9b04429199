import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PreparedProblem } from '../problems/prepared.ts'
import type { Contender } from './contender.ts'
import { driverContender } from './driver-contender.ts'
import { printJavaScript } from './print-javascript.ts'

/** odex 2 (npm): Gragg–Bulirsch–Stoer extrapolation on the right-hand side as JavaScript; for problems without doses. */
export function odex({ problem, model }: PreparedProblem): Contender {
  const driver = fileURLToPath(new URL('./odex-driver.ts', import.meta.url))
  return driverContender('odex', 'odex', (folder) => {
    const file = join(folder, 'model.mjs')
    writeFileSync(file, printJavaScript(model))
    return [process.execPath, driver, problem.name, file]
  })
}
