import { availableParallelism } from 'node:os'
import { createNodePool } from '@cartkin/compute/node'
import { StudyStopped, simulateDraws, type UncertainRun } from '@cartkin/studies'
import { Stopped } from '../failure.ts'
import type { Io } from '../io.ts'
import { progressLine } from '../output/progress-line.ts'
import type { Simulated } from './simulated.ts'

/** Bands over the uncertainty of a fit. */
export async function simulateUncertain(
  { workers, ...run }: UncertainRun & { readonly workers: number | undefined },
  io: Io,
): Promise<Simulated> {
  const { folder, draws, seed } = run
  const pool = createNodePool({ size: Math.min(workers ?? availableParallelism(), draws) })
  const progress = progressLine(io, 'Simulating')
  try {
    const { table, outcomes, held, clipped } = await simulateDraws(run, pool, {
      signal: io.signal,
      onDone: (done) => progress.update(done / draws, `(${done} of ${draws} draws)`),
    })
    progress.end()
    if (held.length > 0)
      io.note(
        `${folder}: the fit has no variance of ${held.join(', ')}; ${held.length === 1 ? 'its estimate is' : 'their estimates are'} kept\n`,
      )
    if (clipped > 0)
      io.note(`${folder}: ${clipped} of ${draws} draws lay outside the bounds of the fit and were put on them\n`)
    return {
      table,
      runs: outcomes.map((outcome, draw) => ({ id: `draw ${draw + 1}`, outcome })),
      decided: [],
      details: { uncertainty: folder, draws, seed, held, clipped },
    }
  } catch (error) {
    if (error instanceof StudyStopped) throw new Stopped('stopped; nothing was written')
    throw error
  } finally {
    progress.end()
    await pool.close()
  }
}
