import { libraryModel } from '@cartkin/cart-models'
import { type Answer, createModelCache, type Job, runJob } from '@cartkin/compute'
import type { Diagnostic } from '@cartkin/model'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { loadDashboard } from './load-dashboard.ts'

interface Held<T> {
  readonly value: T
}

interface Project {
  readonly open: string
  readonly ownText: string | null
  readonly ownBase: string | null
  readonly draft: string | null
}

interface ParameterInfo {
  readonly name: string
  readonly evidence: { readonly trust: string | null; readonly source: string } | null
}

interface Dashboard {
  readonly history: {
    readonly present: Held<Project>
    readonly undoable: Held<readonly { readonly label: string }[]>
    undo(): void
    redo(): void
  }
  readonly opened: Held<{
    readonly id: string
    readonly origin: string
    readonly title: string
    readonly text: string
    readonly timeUnit: string
    readonly parameters: ReadonlyMap<string, ParameterInfo>
    readonly groups: readonly { readonly name: string; readonly parameters: readonly ParameterInfo[] }[]
  }>
  readonly panels: Held<readonly { readonly title: string; readonly quantities: readonly string[] }[]>
  readonly scenario: Held<{ readonly horizon: number; readonly parameters: Readonly<Record<string, number>> }>
  readonly course: Held<object | null>
  readonly status: Held<{ readonly kind: string }>
  openModel(id: string): Promise<void>
  changeDesk(label: string, change: (desk: object) => object): void
  setParameters(values: Readonly<Record<string, number>>): void
  setHorizon(horizon: number): void
  endStep(): void
}

interface ModelText {
  readonly text: Held<string>
  readonly diagnostics: Held<readonly Diagnostic[]>
  readonly problem: Held<Diagnostic | null>
  readonly waits: Held<boolean>
  readonly notice: Held<string>
  edit(text: string): void
  run(): void
  load(file: { readonly name: string; readonly size: number; text(): Promise<string> }): Promise<void>
  begin(): void
}

const { createDashboard }: { createDashboard(shelf: object, document: object, workers: object): Promise<Dashboard> } =
  await loadDashboard('state/dashboard.ts')
const {
  createModelShelf,
}: { createModelShelf(index: readonly unknown[], fetch: (id: string) => Promise<unknown>): object } =
  await loadDashboard('state/model-shelf.ts')
const { blankProject }: { blankProject(open: string): Project } = await loadDashboard('document/project-document.ts')
const {
  createModelText,
  longestChecked,
}: { createModelText(dashboard: Dashboard): ModelText; readonly longestChecked: number } =
  await loadDashboard('state/model-text.ts')
const {
  textChange,
}: { textChange(before: string, after: string): { from: number; to: number; insert: string } | null } =
  await loadDashboard('components/model/editor/text-change.ts')

const models = createModelCache()

/** The dashboard with its jobs run on this thread, and its editor's text. */
async function begin(document: Partial<Project> = {}): Promise<{ dashboard: Dashboard; text: ModelText }> {
  const pool = {
    size: 1,
    run: async (job: Job, options: { readonly signal?: AbortSignal } = {}): Promise<Answer> =>
      runJob(job, { models, wanted: () => (options.signal?.aborted ? 'cancel' : 'run') }),
    close: () => Promise.resolve(),
  }
  const shelf = createModelShelf([], (id) => Promise.resolve(libraryModel(id)))
  const dashboard = await createDashboard(
    shelf,
    { ...blankProject('stein-2019'), ...document },
    { live: pool, batch: () => pool },
  )
  return { dashboard, text: createModelText(dashboard) }
}

const library = libraryModel('stein-2019').text
const steps = ({ history }: Dashboard): readonly string[] => history.undoable.value.map(({ label }) => label)
const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(200)
const rest = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1000)

const oral = `ka = 1  # [1/h] absorption
k = 0.1 # [1/h] elimination
d/dt(depot) = -ka*depot
d/dt(central) = ka*depot - k*central`

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a library model that is edited', () => {
  it('becomes a copy with panels, sources and what was chosen; its undo is the library model', async () => {
    const { dashboard, text } = await begin()
    const [parameter] = dashboard.opened.value.parameters.keys()
    if (parameter === undefined) throw new Error('the model has parameters')
    const panels = dashboard.panels.value.map(({ title }) => title)
    dashboard.setParameters({ [parameter]: 0.5 })
    dashboard.endStep()
    dashboard.setHorizon(77)
    expect(text.text.value).toBe(library)
    text.edit(`${library}\ntwice = 2*${parameter}`)
    expect(dashboard.history.present.value).toMatchObject({
      open: 'your-model',
      ownBase: 'stein-2019',
      ownText: library,
    })
    await pause()
    const { opened, scenario } = dashboard
    expect(dashboard.history.present.value).toMatchObject({ ownText: text.text.value, draft: null })
    expect(opened.value).toMatchObject({ id: 'your-model', origin: 'stein-2019', timeUnit: 'day' })
    expect(dashboard.panels.value.map(({ title }) => title)).toEqual(panels)
    expect(opened.value.parameters.get(parameter)?.evidence?.source).toMatch(/\w/)
    expect(scenario.value).toMatchObject({ horizon: 77, parameters: { [parameter]: 0.5 } })
    dashboard.history.undo()
    expect(opened.value.id).toBe('stein-2019')
    expect(text.text.value).toBe(library)
    expect(scenario.value).toMatchObject({ horizon: 77, parameters: { [parameter]: 0.5 } })
  })

  it('says of a value that was changed in the text that its source speaks of another', async () => {
    const { dashboard, text } = await begin()
    const line = library.split('\n').find((words) => /^\s*\w+\s*(=|<-)\s*[\d.]+\s*#/.test(words))
    const name = line?.trim().split(/\s/)[0] ?? ''
    expect(line).toBeDefined()
    text.edit(library.replace(line ?? '', `${name} <- 123.5 # changed`))
    await pause()
    const info = dashboard.opened.value.parameters.get(name)
    expect(info?.evidence).toMatchObject({ trust: null, source: expect.stringContaining('Changed in the text') })
  })

  it('is another model where most of its states have gone', async () => {
    const { dashboard, text } = await begin()
    text.edit(oral)
    await pause()
    expect(dashboard.opened.value).toMatchObject({ origin: 'your-model', timeUnit: 'h', title: 'Your model' })
    text.edit(library)
    await pause()
    expect(dashboard.opened.value.origin).toBe('stein-2019')
  })

  it('keeps its last course while the next is computed, and while an input has no value', async () => {
    const { dashboard, text } = await begin()
    await vi.waitFor(() => expect(dashboard.status.value.kind).toBe('ready'))
    text.edit(`${library}\nunknown = 2*nothing`)
    await pause()
    await vi.waitFor(() => expect(dashboard.status.value.kind).toBe('waiting'))
    const before = dashboard.course.value
    expect(before).not.toBeNull()
    text.edit(library)
    await pause()
    await vi.waitFor(() => expect(dashboard.status.value.kind).toBe('ready'))
    expect(dashboard.course.value).not.toBe(before)
  })
})

describe('a text with errors', () => {
  it('is kept as it is written while the last good model stays; its place is told', async () => {
    const { dashboard, text } = await begin()
    text.edit(oral)
    await pause()
    const good = dashboard.opened.value
    const broken = oral.replace('-ka*depot', '-ka*(depot')
    text.edit(broken)
    expect(text.problem.value).toBeNull()
    await pause()
    expect(text.problem.value).toMatchObject({ severity: 'error', span: { line: 3 } })
    expect(dashboard.opened.value).toBe(good)
    expect(dashboard.history.present.value).toMatchObject({ ownText: oral, draft: broken })
    text.edit(oral)
    await pause()
    expect(text.problem.value).toBeNull()
    expect(dashboard.history.present.value).toMatchObject({ ownText: oral, draft: null })
  })

  it('is there again after another model, and after the page was left', async () => {
    const { dashboard, text } = await begin()
    text.edit(oral)
    await pause()
    text.edit(`${oral} *`)
    await pause()
    await dashboard.openModel('stein-2019')
    expect([text.text.value, text.problem.value]).toEqual([library, null])
    await dashboard.openModel('your-model')
    expect(text.text.value).toBe(`${oral} *`)
    expect(text.problem.value).not.toBeNull()
    const later = await begin(dashboard.history.present.value)
    expect(later.text.text.value).toBe(`${oral} *`)
    expect(later.text.problem.value).not.toBeNull()
  })

  it.each(['', '  \n', 'k = 1'])('%j is no model, and that is said', async (draft) => {
    const { text } = await begin()
    text.edit(draft)
    await pause()
    expect(text.problem.value?.message).toMatch(/no model in this text/)
  })
})

it('a text with warnings is drawn and lists them', async () => {
  const { dashboard, text } = await begin()
  text.edit('kdeath = 1\nd/dt(x) = -kdeth*x')
  await pause()
  expect(dashboard.opened.value.origin).toBe('your-model')
  expect(text.problem.value).toBeNull()
  expect(text.diagnostics.value).toMatchObject([{ severity: 'warning', span: { line: 2, column: 12 } }])
})

describe('undo', () => {
  it('takes back what was typed without a rest, broken or not, and goes on with what was done elsewhere', async () => {
    const { dashboard, text } = await begin()
    text.edit(oral)
    await pause()
    await rest()
    dashboard.setParameters({ k: 0.2 })
    dashboard.endStep()
    for (const part of ['*', '*2', '*2 +', '*2 + 1']) {
      text.edit(oral + part)
      await pause()
    }
    await rest()
    text.edit(`${oral}*`)
    await pause()
    expect(steps(dashboard)).toEqual(['Model text', 'k', 'Model text', 'Model text'])
    dashboard.history.undo()
    expect([text.text.value, text.problem.value]).toEqual([`${oral}*2 + 1`, null])
    dashboard.history.undo()
    expect(text.text.value).toBe(oral)
    expect(dashboard.scenario.value.parameters).toEqual({ k: 0.2 })
    dashboard.history.undo()
    dashboard.history.undo()
    expect([text.text.value, dashboard.opened.value.id]).toEqual([library, 'stein-2019'])
    for (let k = 0; k < 4; k++) dashboard.history.redo()
    expect(text.text.value).toBe(`${oral}*`)
    expect(text.problem.value).not.toBeNull()
    await rest()
    expect(steps(dashboard).length).toBe(4)
  })

  it('U10 ten changes of text, slider, bound and scenario are gone after ten, and there again after ten redone', async () => {
    const { dashboard, text } = await begin()
    const first = JSON.stringify(dashboard.history.present.value)
    const typed = async (words: string): Promise<void> => {
      text.edit(words)
      await pause()
      await rest()
    }
    const slid = (values: Readonly<Record<string, number>>): void => {
      dashboard.setParameters(values)
      dashboard.endStep()
    }
    await typed(oral)
    slid({ ka: 2 })
    await typed(`${oral} + (`)
    dashboard.changeDesk('bounds', (desk) => ({ ...desk, bounds: { ka: { lower: 0, upper: 3 } } }))
    await typed(`${oral} + 1`)
    slid({ k: 0.4 })
    dashboard.setHorizon(9)
    dashboard.changeDesk('fixed', (desk) => ({ ...desk, fixed: ['k'] }))
    await typed(oral.replace('0.1', '0.15'))
    slid({ ka: 0.5 })
    expect(steps(dashboard).length).toBe(10)
    const last = JSON.stringify(dashboard.history.present.value)
    for (let k = 0; k < 10; k++) dashboard.history.undo()
    await rest()
    expect(JSON.stringify(dashboard.history.present.value)).toBe(first)
    for (let k = 0; k < 10; k++) dashboard.history.redo()
    await rest()
    expect(JSON.stringify(dashboard.history.present.value)).toBe(last)
  })
})

describe('a long text', () => {
  const long = `${oral}\n${'# a line that says nothing\n'.repeat(3000)}`

  it('waits until it is run', async () => {
    expect(long.length).toBeGreaterThan(longestChecked)
    const { dashboard, text } = await begin()
    text.edit(long)
    await pause()
    expect([text.waits.value, dashboard.opened.value.text]).toEqual([true, library])
    expect(dashboard.history.present.value.draft).toBe(long)
    text.run()
    expect([text.waits.value, dashboard.opened.value.text]).toEqual([false, long])
    text.edit(`${long}d/dt(`)
    await pause()
    expect([text.waits.value, text.problem.value]).toEqual([true, null])
    text.run()
    expect(text.waits.value).toBe(false)
    expect(text.problem.value).not.toBeNull()
  })
})

describe('another text', () => {
  it('comes from a file with any ends of lines; undo brings back the one before', async () => {
    const { dashboard, text } = await begin()
    text.edit('y = WT')
    await text.load({ name: 'model.R', size: 30, text: () => Promise.resolve('a = 1\r\ny = (a\r') })
    expect(text.text.value).toBe('a = 1\ny = (a\n')
    expect(text.notice.value).toMatch(/^Opened model\.R\./)
    const place = text.problem.value?.span.offset ?? 0
    expect(text.text.value.slice(place)).toMatch(/^\(a/)
    dashboard.history.undo()
    expect(text.text.value).toBe('y = WT')
  })

  it('is refused where the file is too large', async () => {
    const { text } = await begin()
    await text.load({ name: 'video.R', size: 3e9, text: () => Promise.reject(new Error('was read')) })
    expect(text.notice.value).toMatch(/^video\.R has 2861\.0 MiB/)
    expect(text.text.value).toBe(library)
  })

  it('is a small sound one where a new model is begun', async () => {
    const { dashboard, text } = await begin()
    text.begin()
    expect([text.problem.value, text.diagnostics.value]).toEqual([null, []])
    expect(dashboard.opened.value).toMatchObject({ origin: 'your-model', timeUnit: 'day' })
    expect(dashboard.panels.value.length).toBe(1)
  })
})

it('the change between two texts makes one of the other', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 })
  fc.assert(
    fc.property(words, words, (before, after) => {
      const change = textChange(before, after)
      const made = change ? before.slice(0, change.from) + change.insert + before.slice(change.to) : before
      expect(made).toBe(after)
      expect(change === null).toBe(before === after)
    }),
  )
})
