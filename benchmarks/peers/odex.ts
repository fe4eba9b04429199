import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PreparedProblem } from '../problems/prepared.ts'
import type { Contender } from './contender.ts'
import { driverContender } from './driver-contender.ts'
import { printJavaScript } from './print-javascript.ts'

/**
 * odex 2 (npm): Gragg–Bulirsch–Stoer extrapolation on the right-hand side as JavaScript, for problems without doses; in
 * the two ways in which it can be had at outputs: stopped there, which is quicker at a few, or interpolated.
 */
export function odex(prepared: PreparedProblem): readonly Contender[] {
  return [odexBy('stops', prepared), odexBy('dense', prepared)]
}

function odexBy(way: 'stops' | 'dense', { problem, model }: PreparedProblem): Contender {
  const driver = fileURLToPath(new URL('./odex-driver.ts', import.meta.url))
  return driverContender(`odex, ${way}`, way, (folder) => {
    const file = join(folder, 'model.mjs')
    writeFileSync(file, printJavaScript(model))
    return [process.execPath, driver, problem.name, file]
  })
}
