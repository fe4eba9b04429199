// node scripts/golden-hashes.ts [--write]: hashes the golden runs in this Node and holds them against the stored ones.
import { goldenHashes, storeGoldenHashes } from '../test/compute/same-bits/golden-hashes.ts'
import { changedInCompany, hashesAt, hashRuns } from '../test/compute/same-bits/hash-runs.ts'

const hashes = await hashRuns([hashesAt], 1)
const names = Object.keys(hashes)
const inCompany = await changedInCompany()
for (const name of inCompany) console.log(`  in company other bits: ${name}`)
if (process.argv.includes('--write')) {
  storeGoldenHashes(hashes)
  console.log(`${names.length} hashes written by Node ${process.version}`)
} else {
  const stored = goldenHashes()
  const changed = names.filter((name) => hashes[name] !== stored[name])
  for (const name of changed) console.log(`  ${hashes[name]}, stored ${stored[name]}: ${name}`)
  console.log(
    `Node ${process.version}: ${names.length - changed.length} of ${names.length} golden runs have the stored bits`,
  )
  if (changed.length > 0) process.exitCode = 1
}
if (inCompany.length > 0) process.exitCode = 1
