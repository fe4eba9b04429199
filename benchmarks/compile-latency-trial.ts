// Prints milliseconds: text of P1 to its result, the same again, compilation of NET300.

import { OwnSolver } from './own-solver.ts'
import { p1 } from './problems/p1.ts'
import { prepare } from './problems/prepared.ts'
import { reactionNetwork } from './problems/reaction-network.ts'

function time(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

const first = time(() => new OwnSolver(prepare(p1), 'auto').solve(1e-6))
const again = time(() => new OwnSolver(prepare(p1), 'auto').solve(1e-6))
const network = time(() => prepare(reactionNetwork).compiled.instantiate())
console.log(first, again, network)
