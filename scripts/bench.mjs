// npm run bench [-- question …] [--quick] [--problem NAME] [--out FOLDER]: builds the native rivals where that was not done
// yet, then runs the benchmarks; see benchmarks/README.md.
import { spawnSync } from 'node:child_process'
import { install, projectNode, root, run } from './bootstrap.mjs'

/** Milliseconds after which the build of the rivals is given up. */
const PATIENCE = 300_000

install()
buildRivals()
process.exitCode = await run(projectNode(), ['benchmarks/run.ts', ...process.argv.slice(2)])

/** Where they cannot be built, as without a compiler or without network, the benchmarks list them as absent. */
function buildRivals() {
  const { status, stderr, error } = spawnSync('bash', ['benchmarks/peers/build.sh'], {
    cwd: root,
    encoding: 'utf8',
    timeout: PATIENCE,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  if (status === 0) return
  const reason = error?.message ?? stderr.trim().split('\n').at(-1)
  console.log(`CVODE could not be built and will be absent (benchmarks/peers/build.sh: ${reason})`)
}
