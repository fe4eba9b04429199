// The main job: both studies, then the dashboard. With --once: ends after the studies and one HTTP 200.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { serveDashboard } from './serve-dashboard.ts'

const { values } = parseArgs({
  options: { once: { type: 'boolean', default: false }, port: { type: 'string', default: '4173' } },
})

async function run(what: string, args: readonly string[], cwd = '.'): Promise<void> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${what} failed with exit code ${code}`)
}

const cli = 'apps/cli/bin/cartkin.mjs'

console.log('\n1. Lupus: a typical patient and 200 virtual patients against the published cohorts')
await run('the lupus study', [cli, 'run', 'lupus', '--out', 'results/lupus'])
console.log('\n2. Axi-cel: the oncology model fitted to published cell counts, CRP, ferritin and IL-6')
await run('the axi-cel study', [cli, 'run', 'axi-cel', '--out', 'results/axi-cel'])
console.log(
  '\n3. Results: results/lupus/report.html and results/axi-cel/report.html, Arrow tables and manifest.json beside them',
)

await run('building the dashboard', ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], 'apps/dashboard')
const server = await serveDashboard('apps/dashboard/dist', values.once ? 0 : Number(values.port))
console.log(`\n4. Dashboard: ${server.url}`)
if (values.once) {
  const response = await fetch(server.url)
  console.log(`   GET ${server.url} answered ${response.status}`)
  await server.close()
  process.exitCode = response.status === 200 ? 0 : 1
} else {
  console.log('   Nothing leaves this machine. Ctrl-C ends.')
}
