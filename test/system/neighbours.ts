import { cpus } from 'node:os'
import type { Browser, Page } from 'playwright-core'

/** What came of some work in a browser, and how much of the processors others had meanwhile: from 0 to 1. */
export interface Beside<T> {
  readonly result: T
  readonly share: number
}

/** Does work in a browser and looks at who else was computing: others than the browser and this process. */
export async function besideOthers<T>(browser: Browser, work: () => Promise<T>): Promise<Beside<T>> {
  const session = await browser.newBrowserCDPSession()
  const own = async (): Promise<number> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    const { user, system } = process.cpuUsage()
    return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, (user + system) / 1e6)
  }
  const all = (): number =>
    cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0) / 1000
  const before = { began: performance.now(), own: await own(), all: all() }
  const result = await work()
  const seconds = (performance.now() - before.began) / 1000
  const others = all() - before.all - ((await own()) - before.own)
  await session.detach()
  return { result, share: Math.max(0, others / (seconds * cpus().length)) }
}

/** A task of the page's main thread: how long it took by the clock, and how long it computed, milliseconds. */
export interface PageTask {
  readonly clock: number
  readonly computing: number
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** The tasks of a page's main thread while it does some work. */
export async function pageTasks(page: Page, work: () => Promise<void>): Promise<readonly PageTask[]> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    const read: readonly TraceEvent[] = JSON.parse(JSON.stringify(value))
    events.push(...read)
  })
  const complete = new Promise<unknown>((done) => session.once('Tracing.tracingComplete', done))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'], excludedCategories: ['*'] },
  })
  await work()
  await session.send('Tracing.end')
  await complete
  await session.detach()
  const main = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  return events
    .filter(
      ({ name, pid, tid }) => name.endsWith('::RunTask') && main.some((one) => one.pid === pid && one.tid === tid),
    )
    .map(({ dur = 0, tdur = 0 }) => ({ clock: dur / 1000, computing: tdur / 1000 }))
}
