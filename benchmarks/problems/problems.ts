import { arenstorf } from './arenstorf.ts'
import { brusselator } from './brusselator.ts'
import { hires } from './hires.ts'
import { lotkaVolterra } from './lotka-volterra.ts'
import { oregonator } from './oregonator.ts'
import { p1 } from './p1.ts'
import { p2 } from './p2.ts'
import { p5 } from './p5.ts'
import { pleiades } from './pleiades.ts'
import { pollution } from './pollution.ts'
import type { BenchmarkProblem } from './problem.ts'
import { reactionNetwork } from './reaction-network.ts'
import { robertson } from './robertson.ts'
import { vanDerPol } from './van-der-pol.ts'

export const stiffProblems: readonly BenchmarkProblem[] = [
  ...[p1, robertson, vanDerPol, oregonator, hires, pollution],
  reactionNetwork,
]

export const nonstiffProblems: readonly BenchmarkProblem[] = [p2, lotkaVolterra, arenstorf, brusselator, pleiades]

/** The problem of that name. */
export function problemNamed(name: string): BenchmarkProblem {
  const found = [...stiffProblems, ...nonstiffProblems, p5].find((problem) => problem.name === name)
  if (found === undefined) throw new RangeError(`there is no problem ${name}`)
  return found
}
