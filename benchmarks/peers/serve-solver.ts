import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** Answers on stdout what `cvode-driver.c` answers, for a solver in JavaScript; times are CPU times of all its threads. */
export async function serveSolver(solve: (rtol: number) => Float64Array): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, , rtol, rest = ''] = line.split(' ')
    const repeats = verb === 'values' ? 1 : Number(rest)
    const start = process.cpuUsage()
    let values: Float64Array = new Float64Array()
    for (let k = 0; k < repeats; k++) values = solve(Number(rtol))
    const { user, system } = process.cpuUsage(start)
    if (verb === 'values') writeFileSync(rest, values)
    console.log(`= ${(1000 * (user + system)) / repeats}`)
  }
}
