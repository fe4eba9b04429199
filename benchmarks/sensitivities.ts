import { methods } from 'ode-ts'
import { compare } from './compare.ts'
import { ownContender } from './own-contender.ts'
import { cvode } from './peers/cvode.ts'
import { p1 } from './problems/p1.ts'
import { p5 } from './problems/p5.ts'
import { prepare } from './problems/prepared.ts'
import { reference } from './problems/problem.ts'
import type { Question } from './row.ts'
import { sensitivityError } from './sensitivity-error.ts'

/** One solve of P1 with the sensitivities of all states to 20 parameters, against staggered CVODES. */
export const sensitivities: Question = {
  name: 'sensitivities',
  asks: 'How long does one solve with 20 forward sensitivities take?',
  async *run({ quick, plot }) {
    const prepared = prepare(p5)
    const [parameters] = prepared.subjects
    if (parameters === undefined) throw new Error('P5 has one subject')
    const scales = prepared.sensitivities.map((index) => parameters[index]!)
    const exact = reference('P5')
    const states = reference('P1')
    yield* compare({
      question: 'sensitivities',
      problem: 'P5',
      own: [...methods.filter(({ kind }) => kind === 'rosenbrock').map(({ name }) => name), 'auto'].map((name) =>
        ownContender(p5.name, name),
      ),
      rivals: { cvodes: cvode(prepared, 'cvodes') },
      errorOf: (values) => sensitivityError(values, exact, states, scales, p1.floor),
      targets: quick ? [1e-6] : [1e-4, 1e-6, 1e-8],
      plot,
      rounds: quick ? 7 : 15,
    })
  },
}
