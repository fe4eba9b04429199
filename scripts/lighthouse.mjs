// node scripts/lighthouse.mjs: installs, builds the dashboard and has Lighthouse look at it; see lighthouse-job.ts.
import { install, projectNode, run } from './bootstrap.mjs'

install()
process.exitCode = await run(projectNode(), ['scripts/lighthouse-job.ts', ...process.argv.slice(2)])
