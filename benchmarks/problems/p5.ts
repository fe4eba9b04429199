import { p1 } from './p1.ts'
import type { BenchmarkProblem } from './problem.ts'

/** The parameters of P1 that vary in P4 and whose sensitivities P5 wants. */
export const varied: readonly string[] = [
  ...['rho', 'KA', 'kEM', 'kEX', 'KX', 'dE', 'dM', 'kk', 'Kk', 'g'],
  ...['kNM', 'kMP', 'sIG', 'kact', 'p6', 'k6', 'pI', 'kI', 'kon', 'ke'],
]

/** P1 with the sensitivities of all states to 20 parameters. */
export const p5: BenchmarkProblem = { ...p1, name: 'P5', sensitivities: varied }
