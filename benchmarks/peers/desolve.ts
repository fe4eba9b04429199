import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { PreparedProblem } from '../problems/prepared.ts'
import { buildOnce } from './build-once.ts'
import type { Contender } from './contender.ts'
import { nativeContender } from './native-contender.ts'
import { printC } from './print-c.ts'

/** LSODA of the R package deSolve with a compiled C model; null where R or deSolve is not installed. */
export function desolve(problem: PreparedProblem): Contender | null {
  const probe = spawnSync('Rscript', ['-e', 'quit(status = !requireNamespace("deSolve", quietly = TRUE))'])
  if (probe.status !== 0) return null
  const source = join(import.meta.dirname, 'desolve.c')
  const library = buildOnce('so', [source], printC(problem.model), (model, out) => {
    execFileSync('gcc', ['-O3', '-march=native', '-fPIC', '-shared', `-DMODEL="${model}"`, source, '-o', out, '-lm'])
  })
  const { states, parameters } = problem.model
  const script = join(import.meta.dirname, 'desolve.R')
  const sizes = [`${states.length}`, `${parameters.length}`]
  return nativeContender('desolve', 'lsoda', problem, ['Rscript', script, library, ...sizes])
}
