// Prints milliseconds: text of P1 to its result, the same again, compilation of NET300.

import { createModelCache } from '@cartkin/compute'
import { OwnSolver } from './own-solver.ts'
import { p1 } from './problems/p1.ts'
import { prepare } from './problems/prepared.ts'
import { reactionNetwork } from './problems/reaction-network.ts'

function time(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

// What a worker keeps between jobs: models by their text.
const models = createModelCache()
const solve = () => {
  const compile = (text: string) => {
    const found = models.get(text)
    if (!found.ok) throw new Error(found.diagnostics[0]?.message)
    return found.model
  }
  return new OwnSolver(prepare(p1, 0, compile), 'auto').solve(1e-6)
}
const first = time(solve)
const again = time(solve)
const network = time(() => prepare(reactionNetwork).compiled.instantiate())
console.log(first, again, network)
