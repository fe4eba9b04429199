import { resolve } from 'node:path'
import { createNodePool } from '@cartkin/compute/node'
import { InputError, type PlanSource, runPlan, type StudyResult, StudyStopped } from '@cartkin/studies'
import { BadInput, Stopped } from './failure.ts'
import type { Io } from './io.ts'
import { progressLine } from './output/progress-line.ts'

/** Runs a plan on worker threads with a progress line. */
export async function runStudy(
  source: PlanSource,
  out: string,
  workers: number | undefined,
  io: Io,
): Promise<StudyResult> {
  const pool = createNodePool(workers === undefined ? {} : { size: workers })
  const folder = resolve(io.folder, out)
  const lines = new Map<number, ReturnType<typeof progressLine>>()
  try {
    return await runPlan(source, folder, pool, {
      signal: io.signal,
      onProgress: ({ step, index, steps, share }) => {
        const line = lines.get(index) ?? progressLine(io, `${step} (${index + 1} of ${steps})`)
        lines.set(index, line)
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
    for (const line of lines.values()) line.end()
    await pool.close()
  }
}

/** An error of the operating system about a file, such as a full disk or a folder that may not be written. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'code' in error
}
