import type { ReaderReply, ReaderRequest } from './data-messages.ts'
import { pageRows } from './file-reading.ts'
import { type ReadFile, readFile } from './read-file.ts'

const held: { file?: ReadFile } = {}
const reply = (message: ReaderReply): void => postMessage(message)

async function answer(request: ReaderRequest): Promise<void> {
  if (request.kind === 'read') {
    const { file, name, options } = request
    const bytes = new Uint8Array(await file.arrayBuffer())
    held.file = readFile(bytes, name, { ...options, onRows: (rows) => reply({ kind: 'rows', rows }) })
    reply({ kind: 'read', reading: held.file.reading, page: held.file.page(0) })
    return
  }
  const { file } = held
  if (!file) return
  const row = request.kind === 'line' ? file.rowOf(request.line) : request.from
  reply({ kind: 'page', page: file.page(row - (row % pageRows)) })
}

addEventListener('message', ({ data }: MessageEvent<ReaderRequest>) => {
  answer(data).catch((error: unknown) => reply({ kind: 'failed', message: String(error).slice(0, 500) }))
})
