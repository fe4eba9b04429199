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
const sparse = join(cacheFolder(), 'suitesparse')
/** How the driver calls the methods. */
const methods = { cvode: 'bdf', 'cvode-klu': 'klu', 'cvode-adams': 'adams', cvodes: 'bdf' } as const

/** Whether `build.sh` has built CVODE and CVODES, with KLU. */
export function hasCvode(): boolean {
  return ['cvode', 'cvodes', 'sunlinsolklu'].every((name) => existsSync(join(sundials, 'lib', `libsundials_${name}.a`)))
}

/**
 * CVODE on a problem: `cvode` (BDF, dense), `cvode-klu` (BDF, sparse), `cvode-adams` (fixed point), or `cvodes` (BDF with
 * staggered sensitivities).
 * Null where it has not been built.
 */
export function cvode(problem: PreparedProblem, name: keyof typeof methods): Contender | null {
  if (!hasCvode()) return null
  const library = problem.sensitivities.length > 0 ? 'sundials_cvodes' : 'sundials_cvode'
  const driver = join(import.meta.dirname, 'cvode-driver.c')
  const program = buildOnce('exe', [driver], printC(problem.model, problem.sensitivities), (model, out) => {
    const macros = [`-DMODEL="${model}"`, `-DDOSED=${problem.problem.doses === undefined ? 0 : 1}`]
    const folders = [`-I${sundials}/include`, `-I${sparse}/include`, `-L${sundials}/lib`, `-L${sparse}/lib`]
    const klu = [
      'sundials_sunlinsolklu',
      'sundials_sunmatrixsparse',
      'klu',
      'amd',
      'colamd',
      'btf',
      'suitesparseconfig',
    ]
    const libraries = [library, ...klu, 'm'].map((each) => `-l${each}`)
    compileC([...macros, ...folders, driver, '-o', out, ...libraries])
  })
  return driverContender(name, methods[name], (folder) => [program, writeProblemData(problem, folder)])
}
