// npm run bench -- [question] [--quick] [--json FILE]
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { librarySolve } from './library-solve.ts'
import type { Question, Row } from './row.ts'
import { workPrecision } from './work-precision.ts'

const questions: readonly Question[] = [workPrecision, librarySolve]

/** A measured ratio below this share of its bar is red. */
const RED = 0.7

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
})
const wanted = positionals.length === 0 ? questions : questions.filter(({ name }) => positionals.includes(name))
if (wanted.length === 0) {
  console.error(`No question ${positionals.join(', ')}; there are ${questions.map(({ name }) => name).join(', ')}.`)
  process.exit(2)
}

console.log(
  `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; ratios above 1: we are faster`,
)
const rows: Row[] = []
for (const question of wanted) {
  console.log(`\n${question.name}: ${question.asks}`)
  for (const row of await question.run({ quick: values.quick })) {
    rows.push(row)
    console.log(describe(row))
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
const red = rows.filter(({ ratio, bar }) => ratio < RED * bar)
for (const row of red) console.error(`red: ${describe(row)}, wanted ${row.bar}`)
process.exitCode = red.length > 0 ? 1 : 0

function describe({ problem, method, rival, ratio, ours, theirs, unit, achievedError }: Row): string {
  const at = Number.isNaN(achievedError) ? '' : ` at error ${achievedError.toExponential(0)}`
  const own = `${problem.padEnd(14)} ${method.padEnd(8)} ${ours.toFixed(0).padStart(7)} ${unit}${at}`
  if (Number.isNaN(theirs)) return `${own}   ${rival}: absent`
  return `${own}   ${rival} ${theirs.toFixed(0).padStart(7)} ${unit}   ${ratio.toFixed(2)}x`
}
