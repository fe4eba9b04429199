import type { GoldenRun } from './golden-run.ts'
import { goldenRuns } from './golden-runs.ts'
import { hashValues } from './hash-values.ts'

/** What a worker is asked: the hashes of the runs at these places in the list. */
export type AskHashes = (places: readonly number[]) => Promise<readonly string[]>

/** Hash of each run by its name. */
export type Hashes = Readonly<Record<string, string>>

/** Answers in the thread that calls. */
export const hashesAt: AskHashes = async (places) => {
  const hashes: string[] = []
  for (const place of places) hashes.push(await hashValues(await runAt(place).values()))
  return hashes
}

/** Hashes of all runs, dealt in chunks to whichever of the workers is free. */
export async function hashRuns(workers: readonly AskHashes[], chunk: number): Promise<Hashes> {
  const hashes = new Map<string, string>()
  const places = [...goldenRuns.keys()]
  const chunks = Array.from({ length: Math.ceil(places.length / chunk) }, (_, k) =>
    places.slice(k * chunk, (k + 1) * chunk),
  )
  const busy = workers.map(async (ask) => {
    for (let own = chunks.shift(); own !== undefined; own = chunks.shift()) {
      const answers = await ask(own)
      own.forEach((place, k) => {
        hashes.set(runAt(place).name, answers[k] ?? 'no answer')
      })
    }
  })
  await Promise.all(busy)
  return Object.fromEntries(goldenRuns.map(({ name }) => [name, hashes.get(name) ?? 'no answer']))
}

/** Names of runs that have other bits where they share lanes: in either lane, beside any partner, and after another subject. */
export async function changedInCompany(): Promise<readonly string[]> {
  const changed: string[] = []
  for (const { name, values, inCompany } of goldenRuns) {
    if (inCompany === undefined) continue
    const alone = await hashValues(await values())
    for (const before of [0, 1, 2, 3]) {
      if ((await hashValues(inCompany(before))) !== alone) changed.push(`${name}, subject ${before}`)
    }
  }
  return changed
}

function runAt(place: number): GoldenRun {
  const run = goldenRuns[place]
  if (run === undefined) throw new RangeError(`there is no run ${place}; there are ${goldenRuns.length}`)
  return run
}
