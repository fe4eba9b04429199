import { resolve } from 'node:path'
import { createNodePool } from '@cartkin/compute/node'
import { InputError, type PlanSource, runPlan, type StudyResult, StudyStopped } from '@cartkin/studies'
import { BadInput, Stopped } from './failure.ts'
import type { Io } from './io.ts'
import { progressLine } from './output/progress-line.ts'
import type { FitWatcher } from './steering/fit-watcher.ts'

/**
 * Runs a plan on worker threads with a progress line. Where a fit is watched, a wish to stop ends it with its best values, and
 * what is left of the plan is done; at other times nothing is written.
 */
export async function runStudy(
  source: PlanSource,
  out: string,
  workers: number | undefined,
  io: Io,
  watch?: FitWatcher,
): Promise<StudyResult> {
  const pool = createNodePool(workers === undefined ? {} : { size: workers })
  const folder = resolve(io.folder, out)
  const lines = new Map<number, ReturnType<typeof progressLine>>()
  const end = new AbortController()
  const stop = () => {
    if (watch?.stop() === true) io.note('stopping: the best values are kept\n')
    else end.abort()
  }
  io.signal.addEventListener('abort', stop, { once: true })
  if (io.signal.aborted) stop()
  try {
    return await runPlan(source, folder, pool, {
      signal: end.signal,
      ...(watch && { watch }),
      onProgress: ({ step, index, steps, share }) => {
        const line = lines.get(index) ?? progressLine(io, `${step} (${index + 1} of ${steps})`)
        lines.set(index, line)
        if (watch?.isShown === true) return
        if (share < 1) line.update(share)
        else line.end()
      },
    })
  } catch (error) {
    if (error instanceof StudyStopped) throw new Stopped(`${error.message}; nothing was written`)
    // The folder goes by the name it was given.
    if (error instanceof InputError && error.file === folder)
      throw new BadInput(out + error.message.slice(folder.length))
    if (isFileError(error)) throw new BadInput(`${out}: could not be written: ${error.message}`)
    throw error
  } finally {
    io.signal.removeEventListener('abort', stop)
    for (const line of lines.values()) line.end()
    await pool.close()
  }
}

/** An error of the operating system about a file, such as a full disk or a folder that may not be written. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
