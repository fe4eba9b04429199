// npm start [-- --once] [--port N]: installs, runs the two studies, builds and serves the dashboard.
import { install, projectNode, run } from './bootstrap.mjs'

install()
process.exitCode = await run(projectNode(), ['scripts/main-job.ts', ...process.argv.slice(2)])
