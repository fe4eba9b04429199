import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Solved } from './contender.ts'

/**
 * Answers on stdout what `cvode-driver.c` answers, for a solver in JavaScript that is given a relative tolerance and the
 * method asked for; times are CPU times of all its threads.
 */
export async function serveSolver(solve: (rtol: number, method: string) => Solved): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, method = '', text, rest = ''] = line.split(' ')
    const rtol = Number(text)
    const repeats = verb === 'values' ? 1 : Number(rest)
    const start = process.cpuUsage()
    let solved = solve(rtol, method)
    for (let k = 1; k < repeats; k++) solved = solve(rtol, method)
    const { user, system } = process.cpuUsage(start)
    const { values, effort } = solved
    if (verb === 'values') writeFileSync(rest, values)
    console.log(`= ${(1000 * (user + system)) / repeats} ${effort.steps} ${effort.rejected} ${effort.rhsEvaluations}`)
  }
}
