import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { buildOnce } from './build-once.ts'
import { compileC } from './compile-c.ts'
import { type LineProcess, startLineProcess } from './line-process.ts'

const R = process.env['RSCRIPT'] ?? 'Rscript'
const PYTHON = process.env['PYTHON'] ?? 'python3'

/** A program that fits Stein's course to each patient; it answers every line with CPU nanoseconds and sums of squares. */
export interface FitRival {
  readonly name: string
  /** Null where it is not installed. */
  start(): LineProcess | null
}

/** SciPy's least_squares with LSODA, and R's minpack.lm with deSolve's LSODA and a compiled model, on a file of numbers. */
export function fitRivals(numbers: string): readonly FitRival[] {
  const script = (file: string) => join(import.meta.dirname, file)
  return [
    {
      name: 'scipy',
      start: () =>
        succeeds(PYTHON, ['-c', 'import scipy.integrate, scipy.optimize'])
          ? startLineProcess(PYTHON, [script('fit-scipy.py'), numbers])
          : null,
    },
    {
      name: 'minpack.lm',
      start() {
        const packages = 'c("deSolve", "minpack.lm")'
        const probe = `quit(status = !all(vapply(${packages}, requireNamespace, NA, quietly = TRUE)))`
        if (!succeeds(R, ['-e', probe])) return null
        const source = script('fit-stein.c')
        const library = buildOnce('so', [source], 'fit-stein', (_, out) => {
          compileC([source, '-fPIC', '-shared', '-o', out])
        })
        return startLineProcess(R, [script('fit-minpack.R'), library, numbers])
      },
    },
  ]
}

function succeeds(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}
