import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Document {
  readonly name: string
}

interface History {
  commit(next: Document, change: { readonly label: string }): void
}

const { createHistory }: { createHistory(first: object): History } = await loadDashboard('document/history.ts')
const { blankProject }: { blankProject(open: string): Document } = await loadDashboard('document/project-document.ts')
const {
  createAutosave,
  pendingKey,
}: {
  createAutosave(options: object): { flush(): Promise<void>; stop(): void; readonly state: { readonly value: object } }
  pendingKey(id: string): string
} = await loadDashboard('storage/autosave.ts')

interface Put {
  readonly document: string
  readonly done: () => void
}

/** The page and its store, in which a project is written as soon as the test says so. */
function page() {
  const target = new EventTarget()
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
  vi.stubGlobal('document', new EventTarget())
  const kept = new Map<string, string>()
  const puts: Put[] = []
  const first = blankProject('lupus-qsp')
  const history = createHistory(first)
  const autosave = createAutosave({
    id: 'mine',
    history,
    title: () => 'Mine',
    store: () =>
      Promise.resolve({
        put: ({ document }: { readonly document: string }) =>
          new Promise<void>((done) => {
            puts.push({ document, done })
          }),
      }),
    memory: {
      get: (key: string) => kept.get(key) ?? null,
      set(key: string, value: string | null) {
        if (value === null) kept.delete(key)
        else kept.set(key, value)
        return true
      },
    },
    saved: null,
    unsaved: false,
  })
  return {
    puts,
    autosave,
    pending: () => kept.get(pendingKey('mine')) ?? '',
    name: (name: string) => history.commit({ ...first, name }, { label: 'Name' }),
    leave: () => target.dispatchEvent(new Event('pagehide')),
  }
}

describe('a page that is left', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('while the store has not answered keeps the project for the next start', async () => {
    const { autosave, puts, pending, name, leave } = page()
    name('first')
    await vi.advanceTimersByTimeAsync(1000)
    expect(puts.map(({ document }) => document)).toEqual([expect.stringContaining('first')])
    leave()
    expect(pending()).toContain('first')
    puts[0]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(pending()).toBe('')
    autosave.stop()
  })

  it('keeps what was changed while an older state was written', async () => {
    const { autosave, puts, pending, name, leave } = page()
    name('first')
    await vi.advanceTimersByTimeAsync(1000)
    name('second')
    leave()
    expect(pending()).toContain('second')
    puts[0]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(pending()).toContain('second')
    await vi.advanceTimersByTimeAsync(1000)
    puts[1]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(puts[1]?.document).toContain('second')
    expect(pending()).toBe('')
    expect(autosave.state.value).toMatchObject({ kind: 'saved' })
    autosave.stop()
  })
})
