import { describe, expect, it } from 'vitest'
import type { Contender } from '../../benchmarks/peers/contender.ts'
import { cvode, hasCvode } from '../../benchmarks/peers/cvode.ts'
import { desolve, hasDesolve } from '../../benchmarks/peers/desolve.ts'
import { odex } from '../../benchmarks/peers/odex.ts'
import { brusselator } from '../../benchmarks/problems/brusselator.ts'
import { p1 } from '../../benchmarks/problems/p1.ts'
import { type PreparedProblem, prepare } from '../../benchmarks/problems/prepared.ts'
import { achievedError, reference } from '../../benchmarks/problems/problem.ts'

async function errorAt(contender: Contender, { problem }: PreparedProblem, rtol: number): Promise<number> {
  try {
    return achievedError(problem.floor, (await contender.solve(rtol)).values, reference(problem.name))
  } finally {
    contender.close()
  }
}

describe('rivals agree with the references', () => {
  it.skipIf(!hasCvode())('CVODE BDF on P1, through all its infusions (needs benchmarks/peers/build.sh)', async () => {
    const prepared = prepare(p1)
    const contender = cvode(prepared, 'cvode')
    if (contender !== null) expect(await errorAt(contender, prepared, 1e-10)).toBeLessThan(1e-8)
  })

  it.skipIf(!hasCvode())('CVODE Adams on BRUS (needs benchmarks/peers/build.sh)', async () => {
    const prepared = prepare(brusselator)
    const contender = cvode(prepared, 'cvode-adams')
    if (contender !== null) expect(await errorAt(contender, prepared, 1e-10)).toBeLessThan(1e-7)
  })

  it.skipIf(!hasDesolve())('deSolve on P1 (needs the R package deSolve)', async () => {
    const prepared = prepare(p1)
    expect(await errorAt(desolve(prepared), prepared, 1e-9)).toBeLessThan(1e-7)
  })

  it.skipIf(!hasCvode())('CVODE BDF with KLU on P1 (needs benchmarks/peers/build.sh)', async () => {
    const prepared = prepare(p1)
    const contender = cvode(prepared, 'cvode-klu')
    if (contender !== null) expect(await errorAt(contender, prepared, 1e-10)).toBeLessThan(1e-8)
  })

  it('odex on BRUS, stopped at outputs and interpolated there', async () => {
    const prepared = prepare(brusselator)
    for (const contender of odex(prepared)) expect(await errorAt(contender, prepared, 1e-10)).toBeLessThan(1e-7)
  })
})
