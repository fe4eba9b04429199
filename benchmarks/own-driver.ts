// node own-driver.ts PROBLEM SUBJECTS METHOD: cartkin on a problem, asked line by line.
import { methodNamed } from 'ode-ts'
import { OwnSolver } from './own-solver.ts'
import { serveSolver } from './peers/serve-solver.ts'
import { prepare } from './problems/prepared.ts'
import { problemNamed } from './problems/problems.ts'

const [problem = '', subjects = '0', method = 'auto'] = process.argv.slice(2)
const solver = new OwnSolver(prepare(problemNamed(problem), Number(subjects)), methodNamed(method))
await serveSolver((rtol) => ({ values: solver.solve(rtol), effort: solver.effort }))
