import { afterEach, describe, expect, it, vi } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Saved {
  readonly id: string
  readonly title: string
  readonly at: number
  readonly document: string
  readonly past: readonly { readonly label: string; readonly at: number; readonly back: string }[]
  readonly future: Saved['past']
}
interface Memory {
  get(key: string): string | null
  set(key: string, value: string | null): boolean
  keys(start: string): readonly string[]
}
interface Found {
  readonly id: string
  readonly saved: { readonly project: Saved; readonly document: { readonly name: string } } | null
  readonly pending: boolean
  readonly poisoned: { readonly problem: string } | null
}
interface Lock {
  readonly held: { readonly value: boolean }
  takeOver(): Promise<void>
  tell(): void
}
interface Kept {
  readonly state: { readonly name: string }
}

const { blankProject }: { blankProject(open: string): object } = await loadDashboard('document/project-document.ts')
const { readSteps }: { readSteps(document: string, steps: Saved['past']): Iterable<Kept> } =
  await loadDashboard('document/read-steps.ts')
const { createPageMemory }: { createPageMemory(storage: () => Partial<Storage>): Memory & { works(): boolean } } =
  await loadDashboard('storage/page-memory.ts')
const { findProject }: { findProject(id: string, store: () => Promise<object>, memories: object): Promise<Found> } =
  await loadDashboard('storage/found-project.ts')
const { adoptPending }: { adoptPending(own: string, store: () => Promise<object>, memory: Memory): Promise<void> } =
  await loadDashboard('storage/adopt-pending.ts')
const {
  lockProject,
  lockName,
}: { lockProject(id: string, duties: object): Promise<Lock>; lockName(id: string): string } =
  await loadDashboard('storage/project-lock.ts')
const {
  createStartMark,
}: {
  createStartMark(
    memory: Memory,
    now: () => number,
  ): { wasLeft(id: string): boolean; set(id: string): void; computed(): void; clear(): void }
} = await loadDashboard('storage/start-mark.ts')

const written = (name: string): string => JSON.stringify({ ...blankProject('lupus-qsp'), name })
const saved = (at: number, name: string, more: Partial<Saved> = {}): Saved => ({
  ...{ id: 'mine', title: name, at, document: written(name), past: [], future: [] },
  ...more,
})
const step = (before: string) => ({ label: 'Name', at: 0, back: JSON.stringify(['=', JSON.parse(written(before))]) })

/** A storage of the browser. */
function memory(entries: Readonly<Record<string, string>> = {}): Memory & { readonly all: Map<string, string> } {
  const all = new Map(Object.entries(entries))
  return {
    all,
    get: (key) => all.get(key) ?? null,
    set(key, value) {
      if (value === null) all.delete(key)
      else all.set(key, value)
      return true
    },
    keys: (start) => [...all.keys()].filter((key) => key.startsWith(start)),
  }
}
const storeOf = (project: Saved | null) => {
  const puts: Saved[] = []
  const store = { get: async () => project, put: async (next: Saved) => void puts.push(next) }
  return { puts, store: async () => store }
}

afterEach(() => vi.unstubAllGlobals())

describe('the project that a page begins with', () => {
  const find = (left: Saved | null, stored: Saved | null, tab = memory()) =>
    findProject('mine', storeOf(stored).store, {
      tab,
      memory: memory(left ? { 'pending.mine': JSON.stringify(left) } : {}),
    })

  it('is the newer of what was saved and what was put aside', async () => {
    const older = await find(saved(1, 'left'), saved(2, 'stored'))
    expect([older.saved?.document.name, older.pending]).toEqual(['stored', false])
    const newer = await find(saved(2, 'left'), saved(1, 'stored'))
    expect([newer.saved?.document.name, newer.pending]).toEqual(['left', true])
  })

  it('has the past that was saved, and a step from there, where only the document could be put aside', async () => {
    const { saved: found } = await find(saved(2, 'left'), saved(1, 'stored', { past: [step('first')] }))
    const states = [...readSteps(found?.project.document ?? '', found?.project.past ?? [])]
    expect(states.map(({ state }) => state.name)).toEqual(['stored', 'first'])
    const whole = await find(saved(2, 'left', { past: [step('own')] }), saved(1, 'stored', { past: [step('first')] }))
    expect(whole.saved?.project.past.length).toBe(1)
  })

  it('is another one, with a word, while the browser does not give back what this tab had', async () => {
    const silent = async () => Promise.reject(new Error('its storage does not answer'))
    const tab = memory({ kept: 'mine' })
    const found = await findProject('mine', silent, { tab, memory: memory() })
    expect(found.id).not.toBe('mine')
    expect(found.poisoned?.problem).toMatch(/does not give back/)
    const left = await findProject('mine', silent, {
      tab,
      memory: memory({ 'pending.mine': JSON.stringify(saved(1, 'left')) }),
    })
    expect([left.id, left.saved?.document.name, left.pending]).toEqual(['mine', 'left', true])
  })
})

describe('what pages put aside that nobody came back to', () => {
  it('goes where projects are kept, unless that has something newer or a page has it open', async () => {
    const left = memory({
      'pending.mine': '{}',
      'pending.gone': JSON.stringify(saved(2, 'gone')),
      'pending.open': JSON.stringify(saved(2, 'open')),
      project: 'mine',
    })
    const released = Promise.withResolvers<void>()
    const held = navigator.locks.request(lockName('open'), () => released.promise)
    const { puts, store } = storeOf(saved(1, 'stored'))
    await adoptPending('mine', store, left)
    released.resolve()
    await held
    expect(puts.map(({ id, title }) => [id, title])).toEqual([['gone', 'gone']])
    expect([...left.all.keys()]).toEqual(['pending.mine', 'pending.open', 'project'])
    const newer = storeOf(saved(3, 'stored'))
    await adoptPending('mine', newer.store, left)
    expect(newer.puts).toEqual([])
    expect(left.all.has('pending.open')).toBe(false)
  })
})

describe('a memory', () => {
  it('that is refused keeps nothing and says so', () => {
    const refused = createPageMemory(() => {
      throw new DOMException('denied', 'SecurityError')
    })
    expect([refused.get('a'), refused.set('a', 'b'), refused.keys(''), refused.works()]).toEqual([
      null,
      false,
      [],
      false,
    ])
  })
})

describe('the right to change a project', () => {
  const page = async (id: string) => {
    const told: string[] = []
    const lock = await lockProject(id, {
      beforeLoss: async () => void told.push('save'),
      beforeGain: async () => void told.push('read'),
      afterTheft: () => told.push('robbed'),
      onChange: () => told.push('changed'),
    })
    return { told, lock }
  }

  it('is that of one page, goes to another that takes it once the first has saved, and changes are told of', async () => {
    const id = crypto.randomUUID()
    const first = await page(id)
    expect(first.lock.held.value).toBe(true)
    const began = performance.now()
    const second = await page(id)
    expect(second.lock.held.value).toBe(false)
    // the first has answered: nobody waited for it to go
    expect(performance.now() - began).toBeLessThan(1400)
    first.lock.tell()
    await expect.poll(() => second.told).toEqual(['changed'])
    await second.lock.takeOver()
    expect([first.lock.held.value, second.lock.held.value]).toEqual([false, true])
    expect(first.told).toEqual(['save'])
    expect(second.told).toEqual(['changed', 'read'])
    await first.lock.takeOver()
    expect([first.lock.held.value, second.lock.held.value]).toEqual([true, false])
    expect(second.told).toEqual(['changed', 'read', 'save'])
  })

  it('comes at once to a page that is reloaded while its predecessor goes', async () => {
    const id = crypto.randomUUID()
    const released = Promise.withResolvers<void>()
    void navigator.locks.request(lockName(id), () => released.promise)
    setTimeout(released.resolve, 100)
    const { lock, told } = await page(id)
    expect(lock.held.value).toBe(true)
    expect(told).toEqual([])
  })

  it('is taken from a page that does not answer, which is told when it wakes', async () => {
    const id = crypto.randomUUID()
    const robbed: string[] = []
    const asleep = await lockProject(id, {
      beforeLoss: () => new Promise<void>(() => {}),
      beforeGain: async () => undefined,
      afterTheft: () => robbed.push('robbed'),
      onChange: () => undefined,
    })
    const second = await page(id)
    await second.lock.takeOver()
    expect(second.lock.held.value).toBe(true)
    await expect.poll(() => [asleep.held.value, ...robbed]).toEqual([false, 'robbed'])
  })
})

describe('the mark of a start', () => {
  it('is left by a page that was long under way without a course, and by no other', () => {
    const target = new EventTarget()
    vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
    const kept = memory()
    const leave = (milliseconds: number, isComputed: boolean): boolean => {
      let time = 0
      const mark = createStartMark(kept, () => time)
      mark.set('mine')
      if (isComputed) mark.computed()
      time = milliseconds
      target.dispatchEvent(new Event('pagehide'))
      const isLeft = mark.wasLeft('mine')
      mark.clear()
      return isLeft
    }
    expect([leave(100, false), leave(20_000, true), leave(20_000, false)]).toEqual([false, false, true])
  })
})
