// npm test [-- vitest arguments]: installs what the tests need, checks types and style, runs all tests.
// The last line is "N passed, N failed".
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { environment, install, projectNode, root, run } from './bootstrap.mjs'

const APT = ['-o', 'DPkg::Lock::Timeout=600', '-y', '--no-install-recommends']

install()
installChromium()
const node = projectNode()
const long = process.argv.includes('--long')
const rest = process.argv.slice(2).filter((argument) => argument !== '--long')

const checks =
  rest.length > 0
    ? []
    : [
        ['tsc', ['-b']],
        ['biome', ['check', '.']],
        ['knip', []],
      ]
let failedChecks = 0
for (const [tool, args] of checks) {
  console.log(`> ${tool} ${args.join(' ')}`)
  if ((await run(tool, args)) !== 0) failedChecks++
}
process.exitCode = await run(node, ['scripts/run-tests.ts', String(checks.length), String(failedChecks), ...rest], {
  // hundreds of workers load the same sources: compiled once, they take two thirds of the time
  env: {
    ...environment(),
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/node'),
    ...(long && { CARTKIN_LONG: '1' }),
  },
})

/** End-to-end tests drive a real browser: Debian's Chromium, unless CHROMIUM names another. */
function installChromium() {
  if (existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) return
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  console.log('Installing Chromium for the end-to-end tests …')
  for (const args of [['update'], ['install', ...APT, 'chromium', 'fonts-dejavu-core']]) {
    const [command, ...before] = [...sudo, 'apt-get']
    const { status } = spawnSync(command, [...before, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (status !== 0) {
      console.error(
        `Could not install Chromium (apt-get ${args[0]}: exit ${status}). Install it, or set CHROMIUM to a browser's path.`,
      )
      process.exit(1)
    }
  }
}
