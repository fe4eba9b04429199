// node memory-trial.ts SUBJECTS: runs a population of lupus-qsp, prints the peak of the process's memory, its
// processor time per subject and its failures.
import { libraryModel } from '@cartkin/cart-models'
import { summarizePopulation } from '@cartkin/compute'
import { createNodePool } from '@cartkin/compute/node'
import { timeGrid } from '@cartkin/simulation'

const { text, regimen, start, population, endpoints } = libraryModel('lupus-qsp')
if (population === undefined) throw new Error('lupus-qsp brings no population')
const count = Number(process.argv[2])
const pool = createNodePool({ size: 2 })
try {
  const answer = await summarizePopulation(pool, {
    kind: 'population',
    text,
    parameters: {},
    doses: { regimen },
    start,
    population,
    seed: 1,
    from: 0,
    count,
    times: timeGrid(0, 365, 1),
    quantities: ['CAR', 'B', 'SLEDAI'],
    endpoints,
  })
  if (answer.status !== 'ok') throw new Error(`the population was answered with ${answer.status}`)
  const failed = answer.result.outcomes.filter(({ status }) => status !== 'finished').length
  const { user, system } = process.cpuUsage()
  // Linux gives the peak in KiB
  console.log(
    JSON.stringify({ bytes: 1024 * process.resourceUsage().maxRSS, cpu: (user + system) / 1000 / count, failed }),
  )
} finally {
  await pool.close()
}
