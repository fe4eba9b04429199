import { resolve } from 'node:path'
import { createNodePool } from '@cartkin/compute/node'
import { publishValidation, StudyStopped, type Validation, validateLibrary } from '@cartkin/studies'
import { toCount, toText } from '../arguments/convert.ts'
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
    out: optional('DIR', 'Folder for validation.html and validation.json', toText),
    population: optional('N', 'Virtual patients behind the cohort figures (1000)', toCount(2)),
    seed: optional('S', 'Seed of the virtual patients (1)', toCount(0)),
    workers: workersOption,
  },
  examples: [
    'cartkin validate',
    'cartkin validate --out results/validation',
    'cartkin validate --population 200 --json',
  ],
  notes:
    'Exit code 4 when a target is missed that is not a known miss. Known misses are shown as missed, here and on the page; evidence/targets/validation_record.json lists them.',
  async execute({ options: { out, population = 1000, seed = 1, workers, json } }, io) {
    const pool = createNodePool(workers === undefined ? {} : { size: workers })
    const line = progressLine(io, 'Validating')
    try {
      const progress = (share: number) => line.update(share)
      const run = () => validateLibrary({ pool, subjects: population, seed, signal: io.signal, progress })
      const validation = out === undefined ? await run() : await publishValidation(resolve(io.folder, out), run)
      line.end()
      io.out(json ? toJson(validation.rows) : validationText(validation, out))
      const isNew = validation.rows.some(({ standing }) => standing === 'newly missed')
      return isNew ? exitCode.partialFailure : exitCode.ok
    } catch (error) {
      if (error instanceof StudyStopped) throw new Stopped(error.message)
      throw error
    } finally {
      line.end()
      await pool.close()
    }
  },
})

const verdicts = {
  met: 'yes',
  'known miss': 'NO (known)',
  'newly missed': 'NO',
  'newly met': 'yes (was missed)',
} as const

function validationText({ rows }: Validation, out: string | undefined): string {
  const table = textTable([
    ['id', 'quantity', 'published', 'range', 'ours', 'unit', 'pass', 'tuned', 'trust', 'source'],
    ...rows.map(({ id, quantity, value, lo, hi, ours, unit, standing, tuned, trust, source }) => [
      id,
      quantity,
      String(value),
      `${lo} to ${hi}`,
      ours.toPrecision(4),
      unit,
      verdicts[standing],
      tuned ? 'tuned' : '',
      trust,
      source,
    ]),
  ])
  const met = rows.filter(({ pass }) => pass).length
  const known = rows.filter(({ standing }) => standing === 'known miss').map(({ id }) => id)
  const told = known.length === 0 ? '' : `; known to be missed: ${known.join(', ')}`
  const written = out === undefined ? '' : `${out}/validation.html\n${out}/validation.json\n`
  return `${table}${met} of ${rows.length} targets met${told}\n${written}`
}
