// npm run same-bits [-- --write]: the golden runs in the project's Node and in Node 22, held against the stored hashes;
// with --write the project's Node stores them anew. Chromium has its turn in test/system/same-bits.test.ts.
import { install, projectNode, run } from './bootstrap.mjs'

const hashes = ['scripts/golden-hashes.ts', ...process.argv.slice(2)]
install()
let failed = await run(projectNode(), hashes)
if (!process.argv.includes('--write')) failed += await run('npx', ['-y', 'node@22', ...hashes])
process.exitCode = failed === 0 ? 0 : 1
