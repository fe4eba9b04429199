#!/usr/bin/env node
// Starts the command. The sources are TypeScript, which Node runs from 22.18 on; an older Node hands over to the one that
// the checkout installs.
import { spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major > 22 || (major === 22 && minor >= 18)) {
  nodeModule.enableCompileCache()
  const { run } = await import('../src/run.ts')
  await run()
} else handOver()

function handOver() {
  const self = realpathSync(fileURLToPath(import.meta.url))
  const node = installedNode(dirname(self))
  if (!node) {
    console.error(
      `cartkin needs Node 22.18 or newer; this is ${process.versions.node}, and no node_modules/.bin/node lies above ${dirname(self)}. Run "npm start" in the checkout, or install a newer Node.`,
    )
    process.exit(2)
  }
  const child = spawn(node, [self, ...process.argv.slice(2)], { stdio: 'inherit' })
  // The terminal sends its signals to both; the child decides how to end.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 5 : 1)))
}

function installedNode(folder) {
  const candidate = join(folder, 'node_modules', '.bin', 'node')
  if (existsSync(candidate)) return candidate
  const parent = dirname(folder)
  return parent === folder ? null : installedNode(parent)
}
