import { describe, expect, it } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Signal<T> {
  readonly value: T
}
interface Choice {
  readonly name: string
  readonly hash: string
  readonly excluded: readonly number[]
  readonly limits: Readonly<Record<string, number>>
}
interface History {
  readonly present: Signal<Choice | null>
  commit(next: Choice | null, change: { readonly label: string }): void
  undo(): void
  redo(): void
}
interface Session {
  readonly reading: Signal<{ readonly rows: number; readonly faults: readonly object[] } | null>
  readonly busy: Signal<object | null>
  readonly problem: Signal<string>
  open(file: { readonly name: string; readonly content: Blob; readonly attribution: string }): Promise<void>
  change(label: string, change: (choice: Choice) => Choice): void
  cancel(): void
  remove(): void
  file(): Promise<Blob | null>
}
type Request = {
  readonly kind: string
  readonly file?: Blob
  readonly name?: string
  readonly options?: object
  readonly from?: number
}
interface Read {
  readonly reading: object
  page(from: number): object
}

const { createHistory }: { createHistory(first: Choice | null): History } = await loadDashboard('document/history.ts')
const { createDataSession }: { createDataSession(choice: Signal<Choice | null>, source: object): Session } =
  await loadDashboard('state/data-session.ts')
const { readFile }: { readFile(bytes: Uint8Array, name: string, options: object): Read } =
  await loadDashboard('datasets/read-file.ts')
const { blankProject }: { blankProject(open: string): object } = await loadDashboard('document/project-document.ts')
const {
  readDocument,
}: {
  readDocument(unknown: unknown): { readonly ok: boolean; readonly document?: { readonly data: Choice | null } }
} = await loadDashboard('document/read-document.ts')
const {
  writeLink,
  readLink,
}: {
  writeLink(document: object): Promise<string>
  readLink(fragment: string): Promise<{ readonly document?: { readonly data: Choice | null } }>
} = await loadDashboard('storage/project-link.ts')

/** A worker that reads at once, unless it is held; it counts what it was asked to read. */
function fakeWorkers() {
  const held = { isSlow: false, reads: 0, ended: 0 }
  const spawn = () => {
    const listeners: ((event: { readonly data: object }) => void)[] = []
    const file: { read?: Read } = {}
    const reply = (data: object): void => {
      for (const listener of listeners) listener({ data })
    }
    return {
      addEventListener(type: string, listener: (event: { readonly data: object }) => void) {
        if (type === 'message') listeners.push(listener)
      },
      terminate() {
        held.ended++
      },
      postMessage({ kind, file: blob, name = '', options = {}, from = 0 }: Request) {
        if (kind !== 'read') return queueMicrotask(() => reply({ kind: 'page', page: file.read?.page(from) ?? {} }))
        held.reads++
        if (held.isSlow) return
        void blob?.arrayBuffer().then((buffer) => {
          file.read = readFile(new Uint8Array(buffer), name, options)
          reply({ kind: 'read', reading: file.read.reading, page: file.read.page(0) })
        })
      },
    }
  }
  return { held, spawn }
}

function start(stored = new Map<string, Blob>()) {
  const history = createHistory(null)
  const { held, spawn } = fakeWorkers()
  const store = {
    get: (hash: string) => Promise.resolve(stored.get(hash) ?? null),
    put: (hash: string, file: Blob) => Promise.resolve(void stored.set(hash, file)),
  }
  const session = createDataSession(history.present, {
    spawn,
    openStore: () => Promise.resolve(store),
    commit: (next: Choice | null, label: string) => history.commit(next, { label }),
  })
  return { history, session, held, stored }
}

const file = (name: string, text: string) => ({ name, content: new Blob([text]), attribution: '' })
const small = file('small.csv', 'ID,TIME,DV\n1,0,5\n1,1,7\n')
const other = file('other.csv', 'ID,TIME,DV\n1,0,5\n')
const rest = async (): Promise<void> => {
  for (let k = 0; k < 20; k++) await new Promise((resolve) => setTimeout(resolve, 1))
}

describe('the data of a project', () => {
  it('are a step, kept by the hash of their bytes, and read once', async () => {
    const { history, session, held, stored } = start()
    await session.open(small)
    await rest()
    expect(history.present.value).toMatchObject({ name: 'small.csv', excluded: [] })
    expect(history.present.value?.hash).toMatch(/^[0-9a-f]{64}$/)
    expect([...stored.keys()]).toEqual([history.present.value?.hash])
    expect(session.reading.value?.rows).toBe(2)
    expect(held.reads).toBe(1)
    expect(await (await session.file())?.text()).toBe(await small.content.text())
  })

  it('follow undo and redo, whatever was read in between', async () => {
    const { history, session } = start()
    await session.open(small)
    await session.open(other)
    expect(session.reading.value?.rows).toBe(1)
    history.undo()
    await rest()
    expect(session.reading.value?.rows).toBe(2)
    history.undo()
    await rest()
    expect(session.reading.value).toBeNull()
    history.redo()
    history.redo()
    await rest()
    expect(session.reading.value?.rows).toBe(1)
  })

  it('are read anew for what changes the reading, and for nothing else', async () => {
    const { session, held } = start()
    await session.open(small)
    session.change('Leave out row 2', (before) => ({ ...before, excluded: [2] }))
    await rest()
    expect(held.reads).toBe(1)
    session.change('LLOQ', (before) => ({ ...before, limits: { '': 6 } }))
    await rest()
    expect(held.reads).toBe(2)
  })

  it('stay what they were when reading another file is cancelled', async () => {
    const { history, session, held } = start()
    await session.open(small)
    held.isSlow = true
    const opening = session.open(other)
    await rest()
    expect(session.busy.value).toMatchObject({ name: 'other.csv' })
    held.isSlow = false
    session.cancel()
    await opening
    await rest()
    expect(history.present.value?.name).toBe('small.csv')
    expect(session.reading.value?.rows).toBe(2)
    expect(session.busy.value).toBeNull()
  })

  it('are asked for where this browser does not have them, and taken when the same file is given', async () => {
    const { history, session } = start()
    await session.open(small)
    const known = history.present.value
    const elsewhere = start()
    elsewhere.history.commit(known, { label: 'Open project' })
    await rest()
    expect(elsewhere.session.problem.value).toContain('small.csv is not in this browser')
    await elsewhere.session.open(small)
    await rest()
    expect(elsewhere.session.problem.value).toBe('')
    expect(elsewhere.session.reading.value?.rows).toBe(2)
    expect(elsewhere.history.present.value).toBe(known)
  })

  it('are found again in this browser', async () => {
    const { history, session, stored } = start()
    await session.open(small)
    await rest()
    const later = start(stored)
    later.history.commit(history.present.value, { label: 'Open project' })
    await rest()
    expect(later.session.reading.value?.rows).toBe(2)
  })

  it('come back from a saved document as they were, and not with what is no choice', async () => {
    const { history, session } = start()
    await session.open(small)
    session.change('Several', (before) => ({ ...before, excluded: [2, 3], limits: { '': 6, IL6: 1 } }))
    const data = history.present.value
    const saved = (changes: object): object => ({
      ...blankProject('stein-2019'),
      data: data && { ...data, ...changes },
    })
    const plain = (document: object): unknown => JSON.parse(JSON.stringify(document))
    expect(readDocument(plain(saved({}))).document?.data).toEqual(data)
    for (const wrong of [{ hash: '../../etc' }, { excluded: ['2'] }, { limits: { a: -1 } }, { columns: { X: 'y' } }])
      expect(readDocument(plain(saved(wrong))).ok).toBe(false)
  })

  it('and their name are in no link', async () => {
    const { history, session } = start()
    await session.open(file('patient-4711.csv', await small.content.text()))
    const link = await writeLink({ ...blankProject('stein-2019'), data: history.present.value })
    expect((await readLink(link)).document?.data).toBeNull()
    expect(link).toBe(await writeLink(blankProject('stein-2019')))
  })
})
