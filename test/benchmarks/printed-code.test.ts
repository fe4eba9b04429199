import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { printC } from '../../benchmarks/peers/print-c.ts'
import { printJavaScript } from '../../benchmarks/peers/print-javascript.ts'
import { arenstorf } from '../../benchmarks/problems/arenstorf.ts'
import { hires } from '../../benchmarks/problems/hires.ts'
import { p1 } from '../../benchmarks/problems/p1.ts'
import { p2 } from '../../benchmarks/problems/p2.ts'
import { varied } from '../../benchmarks/problems/p5.ts'
import { pleiades } from '../../benchmarks/problems/pleiades.ts'
import { pollution } from '../../benchmarks/problems/pollution.ts'
import { type PreparedProblem, prepare } from '../../benchmarks/problems/prepared.ts'

const compiler = process.env['CC'] ?? 'gcc'
const hasCompiler = spawnSync(compiler, ['--version']).status === 0
const problems = [p1, p2, arenstorf, hires, pleiades, pollution].map((problem) => ({
  name: problem.name,
  prepared: prepare(problem === p1 ? { ...problem, sensitivities: varied } : problem),
}))

/** Prints q, then f, the dense Jacobian by rows, and ∂f/∂p by parameters, all as hexadecimal floats. */
const MAIN = `
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include MODEL
int main(int count, char **arguments)
{
  static double p[PARAMETERS + 1], y[STATES], q[HOISTED + 1], f[STATES], j[STATES * STATES];
  static double e[JACOBIAN_ENTRIES + PARAMETER_ENTRIES + 1], b[SENSITIVITIES * STATES + 1];
  for (int k = 0; k < PARAMETERS; k++) p[k] = atof(arguments[1 + k]);
  for (int i = 0; i < STATES; i++) y[i] = atof(arguments[1 + PARAMETERS + i]);
  model_prepare(p, q);
  model_derivative(0, y, q, f);
  model_jacobian(0, y, q, j);
  model_entries(0, y, q, e);
  for (int k = 0; k < PARAMETER_ENTRIES; k++) b[parameter_column[k] * STATES + parameter_row[k]] = e[JACOBIAN_ENTRIES + k];
  for (int k = 0; k < JACOBIAN_ENTRIES; k++) if (j[jacobian_column[k] * STATES + jacobian_row[k]] != e[k]) return 1;
  for (int i = 0; i < STATES; i++) printf("%.17g\\n", f[i]);
  for (int i = 0; i < STATES; i++) for (int c = 0; c < STATES; c++) printf("%.17g\\n", j[c * STATES + i]);
  for (int k = 0; k < SENSITIVITIES * STATES; k++) printf("%.17g\\n", b[k]);
  return 0;
}
`

/** A point at which no term vanishes. */
function somewhere({ model, subjects }: PreparedProblem) {
  const y = Float64Array.from(model.states, (_, i) => 0.7 + 0.31 * i)
  return { p: subjects[0] ?? new Float64Array(), y }
}

/** f, the Jacobian by rows and ∂f/∂p by parameters, from the model package's tapes. */
function fromTape(prepared: PreparedProblem): number[] {
  const { compiled, sensitivities } = prepared
  const { p, y } = somewhere(prepared)
  const n = y.length
  const instance = compiled.instantiate()
  instance.setParameters(p)
  const f = new Float64Array(n)
  const jacobian = new Float64Array(n * n)
  instance.derivative(0, y, f)
  instance.jacobian?.(0, y, jacobian)
  const byParameter = new Float64Array(sensitivities.length * n)
  if (sensitivities.length > 0) {
    const tangents = instance.sensitivities(sensitivities)
    tangents.tangent(0, y, new Float64Array(byParameter.length), byParameter)
  }
  return [...f, ...jacobian, ...byParameter]
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length)
  // not equal bits: the two add and divide in different orders
  for (const [k, value] of actual.entries()) {
    const scale = Math.max(1, Math.abs(expected[k] ?? Number.NaN))
    expect(Math.abs(value - (expected[k] ?? Number.NaN)) / scale, `entry ${k}`).toBeLessThan(1e-13)
  }
}

describe.each(problems)('$name', ({ prepared }) => {
  it.skipIf(!hasCompiler)('in C has the right-hand side and derivatives of the tape (needs a C compiler)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cartkin-test-'))
    try {
      writeFileSync(join(folder, 'model.h'), printC(prepared.model, prepared.sensitivities))
      writeFileSync(join(folder, 'main.c'), MAIN)
      const program = join(folder, 'main')
      execFileSync(compiler, ['-O1', `-DMODEL="${folder}/model.h"`, join(folder, 'main.c'), '-o', program, '-lm'])
      const { p, y } = somewhere(prepared)
      const printed = execFileSync(program, [...p, ...y].map(String), { encoding: 'utf8' })
      expectClose(printed.trim().split('\n').map(Number), fromTape(prepared))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('in JavaScript has the right-hand side of the tape', async () => {
    const { p, y } = somewhere(prepared)
    const folder = mkdtempSync(join(tmpdir(), 'cartkin-test-'))
    try {
      const file = join(folder, 'model.mjs')
      writeFileSync(file, printJavaScript(prepared.model))
      const { derivative } = await import(file)
      expectClose(derivative([...p])(0, [...y]), fromTape(prepared).slice(0, y.length))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
