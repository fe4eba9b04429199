import { methods } from 'ode-ts'
import { compare } from './compare.ts'
import { geometricMeans } from './geometric-mean.ts'
import { ownContender } from './own-contender.ts'
import { cvode } from './peers/cvode.ts'
import { desolve, hasDesolve } from './peers/desolve.ts'
import { prepare } from './problems/prepared.ts'
import { achievedError, reference } from './problems/problem.ts'
import { stiffProblems } from './problems/problems.ts'
import type { Question, Row } from './row.ts'

/** One solve of a stiff problem against CVODE's BDF and deSolve's LSODA, at the same achieved error. */
export const stiff: Question = {
  name: 'stiff',
  asks: 'How long does one solve of a stiff problem take?',
  async *run({ quick, plot, wants }) {
    const withR = hasDesolve()
    const rows: Row[] = []
    for (const problem of stiffProblems.filter(({ name }) => wants(name))) {
      const prepared = prepare(problem)
      const exact = reference(problem.name)
      const compared = compare({
        question: 'stiff',
        problem: problem.name,
        own: [
          ...methods
            .filter(({ kind }) => kind === 'rosenbrock' || (kind !== 'explicit' && !quick))
            .map(({ name }) => name),
          'auto',
        ].map((name) => ownContender(problem.name, name)),
        rivals: {
          cvode: cvode(prepared, 'cvode'),
          // at 20 states and fewer it is slower than the dense solver
          ...(problem.name === 'NET300' && { 'cvode-klu': cvode(prepared, 'cvode-klu') }),
          desolve: withR ? desolve(prepared) : null,
          ...(problem.name === 'P1' && { mrgsolve: null }),
        },
        errorOf: (values) => achievedError(problem.floor, values, exact),
        targets: quick ? [1e-6] : [1e-3, 1e-6, 1e-8],
        plot,
        rounds: quick ? 11 : 31,
      })
      for await (const row of compared) {
        rows.push(row)
        yield row
      }
    }
    yield* geometricMeans(rows, ['ROBER', 'VDPOL', 'OREGO', 'HIRES', 'POLLU'], 'cvode')
  },
}
