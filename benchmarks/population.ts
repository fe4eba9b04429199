import { methods } from 'ode-ts'
import { compare } from './compare.ts'
import { ownContender } from './own-contender.ts'
import { cvode } from './peers/cvode.ts'
import { desolve, hasDesolve } from './peers/desolve.ts'
import { populationError } from './population-error.ts'
import { p1 } from './problems/p1.ts'
import { prepare } from './problems/prepared.ts'
import type { Question } from './row.ts'

/** One subject of the virtual population P4, on one thread, against CVODE and deSolve's LSODA; times are for one subject. */
export const population: Question = {
  name: 'population',
  asks: 'How long does one subject of a population take?',
  async *run({ quick, plot }) {
    const subjects = quick ? 48 : 200
    const prepared = prepare(p1, subjects)
    yield* compare({
      question: 'population',
      problem: 'P4',
      own: methods.filter(({ kind }) => kind === 'rosenbrock').map(({ name }) => ownContender(p1.name, name, subjects)),
      rivals: { cvode: cvode(prepared, 'cvode'), desolve: hasDesolve() ? desolve(prepared) : null, mrgsolve: null },
      errorOf: (values) => populationError(p1.floor, values, p1.times.length),
      targets: [1e-6],
      plot,
      rounds: quick ? 3 : 9,
      passes: subjects,
    })
  },
}
