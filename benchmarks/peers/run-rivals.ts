import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildOnce } from './build-once.ts'
import { compileC } from './compile-c.ts'
import { type LineProcess, startLineProcess } from './line-process.ts'

const R = process.env['RSCRIPT'] ?? 'Rscript'
const PYTHON = process.env['PYTHON'] ?? 'python3'

/** A program that runs Stein's model for rows of parameters; it answers every line with CPU nanoseconds and what was read. */
export interface RunRival {
  readonly name: string
  /** Null where it is not installed. */
  start(): LineProcess | null
}

/** LSODA of SciPy, and of R's deSolve with a compiled model, on a file of rows. */
export function runRivals(rows: string): readonly RunRival[] {
  const script = (file: string) => join(import.meta.dirname, file)
  return [
    {
      name: 'scipy',
      start: () =>
        succeeds(PYTHON, ['-c', 'import scipy.integrate'])
          ? startLineProcess(PYTHON, [script('runs-scipy.py'), rows])
          : null,
    },
    {
      name: 'desolve',
      start() {
        if (!succeeds(R, ['-e', 'quit(status = !requireNamespace("deSolve", quietly = TRUE))'])) return null
        const source = script('fit-stein.c')
        const library = buildOnce('so', [source], 'fit-stein', (_, out) => {
          compileC([source, '-fPIC', '-shared', '-o', out])
        })
        return startLineProcess(R, [script('runs-desolve.R'), library, rows])
      },
    },
  ]
}

function succeeds(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
