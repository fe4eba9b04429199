// Runs Vitest and closes with "N passed, N failed": the static checks counted with the tests.
import { startVitest } from 'vitest/node'

const [checks = '0', failedChecks = '0', ...filters] = process.argv.slice(2)

const vitest = await startVitest('test', filters, { run: true, watch: false })
const states = vitest.state.getFiles().flatMap((file) => vitest.state.getReportedEntity(file) ?? [])
let passed = Number(checks) - Number(failedChecks)
let failed = Number(failedChecks) + vitest.state.getUnhandledErrors().length
let skipped = 0
for (const entity of states) {
  if (entity.type !== 'module') continue
  const tests = [...entity.children.allTests()]
  if (tests.length === 0 && entity.state() === 'failed') failed++
  for (const test of tests) {
    const { state } = test.result()
    if (state === 'passed') passed++
    else if (state === 'failed') failed++
    else skipped++
  }
}
await vitest.close()
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
