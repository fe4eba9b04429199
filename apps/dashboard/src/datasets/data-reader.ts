import type { EventDataOptions } from '@cartkin/tables'
import type { ReaderReply, ReaderRequest } from './data-messages.ts'
import type { FilePage, FileReading } from './file-reading.ts'

/** Reads data files in a worker, one at a time. */
export interface DataReader {
  /** Null where it was cancelled, by `cancel` or by reading another. Rejects with words where the worker fails. */
  read(file: Blob, name: string, options: EventDataOptions, onRows: (rows: number) => void): Promise<ReadPage | null>
  /** The page with a row (from 0), or with the row of a line, of the file read last. */
  page(from: { readonly row: number } | { readonly line: number }): Promise<FilePage | null>
  cancel(): void
}

export interface ReadPage {
  readonly reading: FileReading
  readonly page: FilePage
}

/** The part of a worker that is used. */
export type WorkerPort = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>

export function createDataReader(spawn: () => WorkerPort): DataReader {
  interface Job {
    readonly take: (reply: ReaderReply) => boolean
    readonly end: (problem: string | null) => void
  }
  const held: { worker?: WorkerPort; job?: Job | undefined; pages: Job[] } = { pages: [] }

  const drop = (problem: string | null): void => {
    held.worker?.terminate()
    delete held.worker
    const jobs = [...(held.job ? [held.job] : []), ...held.pages]
    held.job = undefined
    held.pages = []
    for (const job of jobs) job.end(problem)
  }
  const started = (): WorkerPort => {
    if (held.worker) return held.worker
    const worker = spawn()
    held.worker = worker
    worker.addEventListener('message', ({ data }: MessageEvent<ReaderReply>) => {
      if (worker !== held.worker) return
      if (data.kind === 'failed') return drop(data.message)
      if (data.kind === 'page') return void held.pages.shift()?.take(data)
      if (held.job?.take(data)) held.job = undefined
    })
    worker.addEventListener('error', () => worker === held.worker && drop('the reader of data files stopped'))
    return worker
  }
  const send = (worker: WorkerPort, request: ReaderRequest): void => worker.postMessage(request)

  return {
    read(file, name, options, onRows) {
      drop(null)
      return new Promise((resolve, reject) => {
        held.job = {
          take(reply) {
            if (reply.kind === 'rows') onRows(reply.rows)
            if (reply.kind === 'read') resolve(reply)
            return reply.kind === 'read'
          },
          end: (problem) => (problem === null ? resolve(null) : reject(new Error(problem))),
        }
        send(started(), { kind: 'read', file, name, options })
      })
    },
    page(from) {
      const { worker } = held
      if (!worker) return Promise.resolve(null)
      return new Promise((resolve) => {
        held.pages.push({
          take(reply) {
            resolve(reply.kind === 'page' ? reply.page : null)
            return true
          },
          end: () => resolve(null),
        })
        send(worker, 'line' in from ? { kind: 'line', line: from.line } : { kind: 'page', from: from.row })
      })
    },
    cancel: () => drop(null),
  }
}
