import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'

const root = join(import.meta.dirname, '../..')
const { CHROMIUM = '/usr/bin/chromium' } = process.env

interface Served {
  readonly url: string
  close(): Promise<void>
}

/** The server that `npm start` uses, headers and all. It lies outside the tests' TypeScript project. */
const { serveDashboard }: { serveDashboard(folder: string, port: number): Promise<Served> } = await import(
  pathToFileURL(join(root, 'scripts/serve-dashboard.ts')).href
)
const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Held {
  readonly server: Served
  readonly browser: Browser
}

export interface DashboardTests {
  readonly browser: () => Browser
  /** Everything the browser complained about, over the whole file. */
  readonly complaints: readonly string[]
  /** A page of its own, with nothing cached, that has drawn its first curve; `prepare` sees its context before anything is fetched. */
  readonly openPage: (options?: BrowserContextOptions, prepare?: (context: BrowserContext) => void) => Promise<Page>
}

/** Serves the built dashboard for the tests of a file, with a browser to look at it. */
export function dashboardTests(): DashboardTests {
  const held: { value?: Held } = {}
  const complaints: string[] = []
  const setup = (): Held => {
    if (!held.value) throw new Error('the browser has not been started')
    return held.value
  }

  beforeAll(async () => {
    held.value = {
      server: await serveDashboard(inject('dashboard'), 0),
      browser: await chromium.launch({
        executablePath: CHROMIUM,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      }),
    }
  })

  afterAll(async () => {
    await held.value?.browser.close()
    await held.value?.server.close()
  })

  const openPage: DashboardTests['openPage'] = async (options = {}, prepare = () => {}) => {
    const { browser, server } = setup()
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    prepare(context)
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(server.url) && !url.startsWith('blob:') && !url.startsWith('data:')) complaints.push(url)
    })
    await context.exposeFunction('reportViolation', (text: string) => complaints.push(text))
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        const { reportViolation } = window as Window & { reportViolation?(text: string): void }
        reportViolation?.(`policy violation: ${violatedDirective} ${blockedURI}`)
      })
    })
    await page.goto(server.url)
    await page.waitForFunction(() => performance.getEntriesByName('first-curve').length > 0)
    return page
  }

  return { browser: () => setup().browser, complaints, openPage }
}

/** Waits until the Vega views have drawn every panel's curves, no newer course is on the canvas, and the endpoints shown have values. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const plots = [...document.querySelectorAll('.plot')]
    const drawn = (plot: Element) =>
      plot.querySelector('.courses_marks path, path.courses_marks, .courses_pathgroup path')
    const endpoints = [...document.querySelectorAll('.endpoints td')]
    return (
      plots.length > 0 &&
      plots.every((plot) => !plot.hasAttribute('data-live') && drawn(plot)) &&
      endpoints.every(({ textContent }) => textContent !== '…')
    )
  })
}

/** Fails with what axe finds against WCAG 2.2 A and AA. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axeSource)
  const found = await page.evaluate(async () => {
    const { axe } = window as Window & { axe?: typeof import('axe-core') }
    if (!axe) throw new Error('axe has not been loaded')
    const { violations } = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  })
  expect(found).toEqual([])
}
