import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Document {
  readonly name: string
}

interface History {
  readonly locked: { value: boolean }
  commit(next: Document, change: { readonly label: string }): void
  undo(): void
  remember(older: readonly object[], later?: readonly object[]): void
}

const { createHistory }: { createHistory(first: object): History } = await loadDashboard('document/history.ts')
const { blankProject }: { blankProject(open: string): Document } = await loadDashboard('document/project-document.ts')
const {
  createAutosave,
  pendingKey,
}: {
  createAutosave(options: object): {
    flush(): Promise<void>
    settle(): void
    rescue(id: string): Promise<string>
    stop(): void
    readonly state: { readonly value: { readonly kind: string } }
  }
  pendingKey(id: string): string
} = await loadDashboard('storage/autosave.ts')

interface Project {
  readonly id: string
  readonly title: string
  readonly document: string
  readonly past: readonly object[]
  readonly future: readonly object[]
}

interface Put {
  readonly project: Project
  readonly done: () => void
  readonly fail: (error: Error) => void
}

class Field {
  blur(): void {}
}

/** The page and its store, in which a project is written as soon as the test says so; a memory for texts up to some length. */
function page(room = Number.POSITIVE_INFINITY) {
  const target = new EventTarget()
  const screen = Object.assign(new EventTarget(), { activeElement: new Field() })
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
  vi.stubGlobal('document', screen)
  vi.stubGlobal('HTMLInputElement', Field)
  const kept = new Map<string, string>()
  const puts: Put[] = []
  const first = blankProject('lupus-qsp')
  const history = createHistory(first)
  const autosave = createAutosave({
    id: 'mine',
    history,
    title: ({ name }: Document) => name || 'Mine',
    store: () =>
      Promise.resolve({
        put: (project: Project) =>
          new Promise<void>((done, fail) => {
            puts.push({ project, done, fail })
          }),
      }),
    memory: {
      get: (key: string) => kept.get(key) ?? null,
      set(key: string, value: string | null) {
        if (value !== null && value.length > room) return false
        if (value === null) kept.delete(key)
        else kept.set(key, value)
        return true
      },
    },
    saved: null,
    unsaved: false,
  })
  const past = [{ step: { label: 'earlier', at: 1 }, state: blankProject('cd19-tcell') }]
  return {
    puts,
    autosave,
    history,
    past,
    screen,
    pending: () => kept.get(pendingKey('mine')) ?? '',
    name: (name: string) => history.commit({ ...first, name }, { label: 'Name' }),
    leave: () => target.dispatchEvent(new Event('pagehide')),
    /** Whether the browser would ask before it goes. */
    asks: () => !target.dispatchEvent(new Event('beforeunload', { cancelable: true })),
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a page that is left', () => {
  it('while the store has not answered keeps the project for the next start', async () => {
    const { autosave, puts, pending, name, leave } = page()
    name('first')
    await vi.advanceTimersByTimeAsync(1000)
    expect(puts.map(({ project }) => project.document)).toEqual([expect.stringContaining('first')])
    leave()
    expect(pending()).toContain('first')
    for (const { done } of puts) done()
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
    puts[1]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(puts[1]?.project.document).toContain('second')
    expect(pending()).toBe('')
    expect(autosave.state.value).toMatchObject({ kind: 'saved' })
    autosave.stop()
  })

  it('with more than the memory takes gives it to the store without waiting for what is being written', async () => {
    const { autosave, puts, name, leave } = page(0)
    name('first')
    await vi.advanceTimersByTimeAsync(1000)
    name('second')
    leave()
    await vi.advanceTimersByTimeAsync(0)
    expect(puts.length).toBe(2)
    expect(puts[1]?.project.document).toContain('second')
    autosave.stop()
  })

  it('with a longer past than the memory takes puts aside the project without it', async () => {
    const { autosave, history, past, pending, name, leave } = page(400)
    history.remember(Array.from({ length: 20 }, () => past[0]!))
    name('first')
    leave()
    expect(JSON.parse(pending())).toMatchObject({ document: expect.stringContaining('first'), past: [], future: [] })
    autosave.stop()
  })

  it('takes what stands in the field that is being typed in', async () => {
    const { autosave, pending, name, leave, screen } = page()
    screen.activeElement.blur = () => name('typed')
    leave()
    expect(pending()).toContain('typed')
    autosave.stop()
  })

  it('is asked about only where neither the store nor the memory keeps it', async () => {
    const roomy = page()
    expect(roomy.asks()).toBe(false)
    roomy.name('first')
    expect(roomy.asks()).toBe(false)
    roomy.autosave.stop()
    const full = page(0)
    full.name('first')
    expect(full.asks()).toBe(true)
    await vi.advanceTimersByTimeAsync(1000)
    full.puts[0]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(full.asks()).toBe(false)
    full.autosave.stop()
  })

  it('that only looks on leaves nothing behind', () => {
    const { autosave, history, pending, name, leave, asks } = page()
    name('first')
    history.locked.value = true
    leave()
    expect(asks()).toBe(false)
    expect(pending()).toBe('')
    autosave.stop()
  })
})

describe('a page that goes on', () => {
  it('tries again what could not be saved', async () => {
    const { autosave, puts, name } = page()
    name('first')
    await vi.advanceTimersByTimeAsync(1000)
    puts[0]?.fail(new DOMException('full', 'QuotaExceededError'))
    await vi.advanceTimersByTimeAsync(0)
    expect(autosave.state.value).toEqual({ kind: 'failed', problem: 'its storage is full' })
    await vi.advanceTimersByTimeAsync(10_000)
    expect(puts.length).toBe(2)
    puts[1]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(autosave.state.value).toMatchObject({ kind: 'saved' })
    autosave.stop()
  })

  it('saves what redo brings again, and nothing that was only read', async () => {
    const { autosave, history, past, puts, name } = page()
    history.remember(past)
    autosave.settle()
    await vi.advanceTimersByTimeAsync(5000)
    expect(puts.length).toBe(0)
    name('first')
    history.undo()
    await vi.advanceTimersByTimeAsync(1000)
    expect(puts[0]?.project).toMatchObject({ past: [{ label: 'earlier' }], future: [{ label: 'Name' }] })
    autosave.stop()
  })

  it('keeps as another project what it had not saved when its own was taken', async () => {
    const { autosave, history, puts, name } = page()
    name('first')
    history.locked.value = true
    const kept = autosave.rescue('other')
    await vi.advanceTimersByTimeAsync(0)
    expect(puts.map(({ project }) => [project.id, project.title])).toEqual([['other', 'first (other tab)']])
    puts[0]?.done()
    expect(await kept).toBe('first (other tab)')
    autosave.stop()
  })
})
