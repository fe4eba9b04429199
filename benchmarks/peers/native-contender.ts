import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PreparedProblem } from '../problems/prepared.ts'
import type { Contender } from './contender.ts'
import { startLineProcess } from './line-process.ts'
import { problemData } from './problem-data.ts'

/** A driver program as a contender: it is given the problem's data file last and then asked as `cvode-driver.c` says. */
export function nativeContender(
  name: string,
  method: string,
  problem: PreparedProblem,
  [program, ...args]: readonly [string, ...string[]],
): Contender {
  const folder = mkdtempSync(join(tmpdir(), 'cartkin-peer-'))
  const data = join(folder, 'problem.bin')
  const values = join(folder, 'values.bin')
  writeFileSync(data, problemData(problem))
  const driver = startLineProcess(program, [...args, data])
  return {
    name,
    async solve(rtol) {
      await driver.ask(`values ${method} ${rtol} ${values}`)
      const { buffer, byteOffset, byteLength } = readFileSync(values)
      return new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength))
    },
    async time(rtol, repeats) {
      const [nanoseconds] = (await driver.ask(`time ${method} ${rtol} ${repeats}`)).split(' ')
      return Number(nanoseconds) / 1000
    },
    close() {
      driver.close()
      rmSync(folder, { recursive: true })
    },
  }
}
