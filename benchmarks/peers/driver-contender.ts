import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contender } from './contender.ts'
import { startLineProcess } from './line-process.ts'

/**
 * A program as a contender, in a process of its own; asked as `cvode-driver.c` says. `command` is given a folder for
 * files the program is to read.
 */
export function driverContender(
  name: string,
  method: string,
  command: (folder: string) => readonly [string, ...string[]],
): Contender {
  const folder = mkdtempSync(join(tmpdir(), 'cartkin-peer-'))
  const values = join(folder, 'values.bin')
  const [program, ...args] = command(folder)
  const driver = startLineProcess(program, args)
  return {
    name,
    async solve(rtol) {
      const answer = await driver.ask(`values ${method} ${rtol} ${values}`)
      const [, steps = Number.NaN, rejected = Number.NaN, rhsEvaluations = Number.NaN] = answer.split(' ').map(Number)
      const { buffer, byteOffset, byteLength } = readFileSync(values)
      return {
        values: new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength)),
        effort: { steps, rejected, rhsEvaluations },
      }
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
