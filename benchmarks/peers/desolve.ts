import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { PreparedProblem } from '../problems/prepared.ts'
import { buildOnce } from './build-once.ts'
import { compileC } from './compile-c.ts'
import type { Contender } from './contender.ts'
import { driverContender } from './driver-contender.ts'
import { printC } from './print-c.ts'
import { writeProblemData } from './problem-data.ts'

const R = process.env['RSCRIPT'] ?? 'Rscript'

/** Whether R and its package deSolve are installed. */
export function hasDesolve(): boolean {
  const probe = spawnSync(R, ['-e', 'quit(status = !requireNamespace("deSolve", quietly = TRUE))'])
  return probe.status === 0
}

/** LSODA of the R package deSolve with a compiled C model and analytic Jacobian. */
export function desolve(problem: PreparedProblem): Contender {
  const source = join(import.meta.dirname, 'desolve.c')
  const library = buildOnce('so', [source], printC(problem.model), (model, out) => {
    compileC([`-DMODEL="${model}"`, source, '-fPIC', '-shared', '-o', out, '-lm'])
  })
  const { states, parameters } = problem.model
  const script = join(import.meta.dirname, 'desolve.R')
  return driverContender('desolve', 'lsoda', (folder) => [
    R,
    ...[script, library, `${states.length}`, `${parameters.length}`, writeProblemData(problem, folder)],
  ])
}
