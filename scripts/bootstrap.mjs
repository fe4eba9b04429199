// Installs what the checkout needs and runs the rest under the project's own Node. Plain JavaScript for Node >= 18:
// this is the only code that a machine's older Node ever sees.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@12.18.0'
const OLDEST_NODE = [22, 18]

export const root = fileURLToPath(new URL('..', import.meta.url))

const bin = join(root, 'node_modules', '.bin')

/** The Node that runs the project: the one installed with it, else the running one if it is new enough. */
export function projectNode() {
  const own = join(bin, 'node')
  if (existsSync(own)) return own
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath
  console.error(
    `cartkin needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}, and no package brings one for ${process.platform}-${process.arch}`,
  )
  process.exit(1)
}

/** The environment of child processes: the project's tools first, nothing of the npm that started us. */
export function environment() {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_registry)/.test(name))
  return { ...Object.fromEntries(kept), PATH: bin + delimiter + (process.env.PATH ?? ''), CI: '1' }
}

/** Installs from the lockfile unless that very lockfile is installed already. */
export function install() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.cartkin-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  console.log('Installing packages …')
  const started = Date.now()
  const { status } = spawnSync('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  if (status !== 0) {
    console.error(`Installing failed (exit ${status}). Run "npx -y ${PNPM} install" to see why.`)
    process.exit(status ?? 1)
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true })
  writeFileSync(stamp, hash)
  console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`)
}

/** Runs a script or tool of the project with inherited output; resolves to its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env: environment(), stdio: 'inherit', ...options })
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', pass)
    process.on('SIGTERM', pass)
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code, signal) => {
      process.off('SIGINT', pass)
      process.off('SIGTERM', pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}
