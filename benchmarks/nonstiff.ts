import { methods } from 'ode-ts'
import { compare } from './compare.ts'
import { ownContender } from './own-contender.ts'
import { cvode } from './peers/cvode.ts'
import { desolve, hasDesolve } from './peers/desolve.ts'
import { odex } from './peers/odex.ts'
import { prepare } from './problems/prepared.ts'
import { achievedError, reference } from './problems/problem.ts'
import { nonstiffProblems } from './problems/problems.ts'
import type { Question } from './row.ts'

/** One solve of a nonstiff problem against CVODE's Adams, odex and deSolve's LSODA, at the same achieved error. */
export const nonstiff: Question = {
  name: 'nonstiff',
  asks: 'How long does one solve of a nonstiff problem take?',
  async *run({ quick, plot, wants }) {
    const withR = !quick && hasDesolve()
    for (const problem of nonstiffProblems.filter(({ name }) => wants(name))) {
      const prepared = prepare(problem)
      const exact = reference(problem.name)
      const tightest = problem.name === 'AREN' ? 1e-7 : 1e-8
      yield* compare({
        question: 'nonstiff',
        problem: problem.name,
        own: [...methods.filter(({ kind }) => kind === 'explicit').map(({ name }) => name), 'auto'].map((name) =>
          ownContender(problem.name, name),
        ),
        rivals: {
          'cvode-adams': cvode(prepared, 'cvode-adams'),
          odex: odex(prepared),
          ...(!quick && { desolve: withR ? desolve(prepared) : null }),
        },
        errorOf: (values) => achievedError(problem.floor, values, exact),
        targets: quick ? [1e-6] : [1e-3, 1e-6, tightest],
        plot,
        rounds: quick ? 11 : 31,
      })
    }
  },
}
