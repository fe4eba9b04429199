import { createNodePool } from '@cartkin/compute/node'
import { checkLibrary, StudyStopped } from '@cartkin/studies'
import { toCount } from '../arguments/convert.ts'
import { optional } from '../arguments/option.ts'
import { workersOption } from '../arguments/solver-arguments.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { Stopped } from '../failure.ts'
import { progressLine } from '../output/progress-line.ts'
import { textTable } from '../output/text-table.ts'
import { toJson } from '../output/to-json.ts'

export const validate = command({
  name: 'validate',
  summary: 'Hold the library models against their published calibration targets',
  positionals: [],
  options: {
    population: optional('N', 'Virtual patients behind the cohort figures (200)', toCount(2)),
    seed: optional('S', 'Seed of the virtual patients (1)', toCount(0)),
    workers: workersOption,
  },
  examples: ['cartkin validate', 'cartkin validate --population 1000 --json'],
  notes: 'Exit code 4 when a target is missed.',
  async execute({ options: { population = 200, seed = 1, workers, json } }, io) {
    const pool = createNodePool(workers === undefined ? {} : { size: workers })
    const line = progressLine(io, 'Validating')
    try {
      const progress = (share: number) => line.update(share)
      const checks = await checkLibrary({ pool, subjects: population, seed, signal: io.signal, progress })
      line.end()
      const missed = checks.filter(({ pass }) => !pass)
      io.out(
        json
          ? toJson(checks)
          : `${textTable([
              ['id', 'quantity', 'published', 'range', 'ours', 'pass', 'trust', 'source'],
              ...checks.map(({ id, quantity, value, lo, hi, ours, pass, trust, source }) => [
                id,
                quantity,
                String(value),
                `${lo} to ${hi}`,
                ours.toPrecision(4),
                pass ? 'yes' : 'NO',
                trust,
                source,
              ]),
            ])}${checks.length - missed.length} of ${checks.length} targets met\n`,
      )
      return missed.length === 0 ? exitCode.ok : exitCode.partialFailure
    } catch (error) {
      if (error instanceof StudyStopped) throw new Stopped(error.message)
      throw error
    } finally {
      line.end()
      await pool.close()
    }
  },
})
