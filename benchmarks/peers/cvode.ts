import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { PreparedProblem } from '../problems/prepared.ts'
import { buildOnce } from './build-once.ts'
import { cacheFolder } from './cache-folder.ts'
import { compileC } from './compile-c.ts'
import type { Contender } from './contender.ts'
import { driverContender } from './driver-contender.ts'
import { printC } from './print-c.ts'
import { writeProblemData } from './problem-data.ts'

const sundials = join(cacheFolder(), 'sundials')

/** Whether `build.sh` has built CVODE and CVODES. */
export function hasCvode(): boolean {
  return ['cvode', 'cvodes'].every((name) => existsSync(join(sundials, 'lib', `libsundials_${name}.a`)))
}

/**
 * CVODE on a problem: `cvode` (BDF), `cvode-adams`, or `cvodes` (BDF with staggered sensitivities).
 * Null where it has not been built.
 */
export function cvode(problem: PreparedProblem, name: 'cvode' | 'cvode-adams' | 'cvodes'): Contender | null {
  if (!hasCvode()) return null
  const library = problem.sensitivities.length > 0 ? 'sundials_cvodes' : 'sundials_cvode'
  const driver = join(import.meta.dirname, 'cvode-driver.c')
  const program = buildOnce('exe', [driver], printC(problem.model, problem.sensitivities), (model, out) => {
    const libraries = [`-L${sundials}/lib`, `-l${library}`, '-lm']
    compileC([`-DMODEL="${model}"`, `-I${sundials}/include`, driver, '-o', out, ...libraries])
  })
  const method = name === 'cvode-adams' ? 'adams' : 'bdf'
  return driverContender(name, method, (folder) => [program, writeProblemData(problem, folder)])
}
