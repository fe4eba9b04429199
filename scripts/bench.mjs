// npm run bench -- [question] [--quick] [--json FILE]
import { install, projectNode, run } from './bootstrap.mjs'

install()
process.exitCode = await run(projectNode(), ['benchmarks/run.ts', ...process.argv.slice(2)])
