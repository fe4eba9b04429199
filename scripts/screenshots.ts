// Makes the pictures of docs/dashboard.md: node scripts/screenshots.ts [name …]. It builds the dashboard, serves it and drives Chromium.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { serveDashboard } from './serve-dashboard.ts'
import { smallPng } from './small-png.ts'

interface Picture {
  readonly name: string
  readonly options?: BrowserContextOptions
  /** Brings the page into the state that is shown. */
  readonly make: (page: Page) => Promise<void>
}

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/screenshots')
const { CHROMIUM = '/usr/bin/chromium' } = process.env
/** No picture is bigger, bytes. */
const most = 150_000

const pictures: readonly Picture[] = [
  { name: 'first-visit', make: async () => {} },
  {
    name: 'lupus-light',
    make: async (page) => {
      await begin(page)
      await setParameter(page, 'rho', '2.1')
      await openTab(page, 'What matters')
      await pointAt(page, 'B cells', 0.55)
      await page.locator('.influence-row').first().waitFor()
    },
  },
  {
    name: 'lupus-dark',
    options: { colorScheme: 'dark' },
    make: async (page) => {
      await begin(page)
      await page.getByRole('checkbox', { name: /^Bands/ }).check()
      await page.locator('.toolbar-switch', { hasText: 'n = 200' }).waitFor()
      await pointAt(page, 'CAR-T cells', 0.4)
    },
  },
  {
    name: 'scenarios',
    make: async (page) => {
      await pinned(page, ['2e5', '5e6'])
      await openTab(page, 'Regimen')
      await page.getByRole('button', { name: /^Add/ }).click()
      await page.getByRole('button', { name: /^Tocilizumab 8/ }).click()
      await openTab(page, 'Endpoints')
    },
  },
  {
    name: 'small-multiples',
    make: async (page) => {
      await pinned(page, ['1e5', '2e5', '5e5', '2e6', '5e6'])
      await page.getByLabel('Compare').selectOption('multiples')
      await page.locator('.multiples').first().waitFor()
    },
  },
  {
    name: 'difference',
    make: async (page) => {
      await pinned(page, ['2e5', '5e6'])
      await page.getByLabel('Compare').selectOption('difference')
    },
  },
  {
    name: 'model-error',
    make: async (page) => {
      await begin(page)
      await openTab(page, 'Model')
      const editor = page.getByRole('textbox', { name: 'Model text' })
      await editor.click()
      await page.keyboard.press('Control+Home')
      await page.keyboard.type('# My copy\nhalf_life = lgo(2)/k_dist  # [day] Half-life in blood\n')
      await page.locator('.diagnostic.error').first().waitFor()
    },
  },
  {
    name: 'data',
    make: async (page) => {
      await openModel(page, 'Tisagenlecleucel cellular kinetics (Stein 2019)')
      await openTab(page, 'Data')
      await page.getByRole('button', { name: 'Use example data' }).click()
      await page.getByText('Nothing found that is wrong').or(page.getByText('to look at')).first().waitFor()
    },
  },
  {
    name: 'fit',
    make: async (page) => {
      await openModel(page, 'CD19 CAR-T cells in lymphoma')
      for (const [name, value] of [
        ['rho', '1.2'],
        ['d_E', '0.4'],
        ['eFer', '2'],
      ] as const)
        await setParameter(page, name, value)
      await openTab(page, 'Fit')
      await page.getByRole('button', { name: 'Fit', exact: true }).click()
      await page.getByRole('button', { name: 'Fit again' }).waitFor()
      await openTab(page, 'Residuals')
      await page.getByRole('radio', { name: 'CRP' }).check()
    },
  },
  {
    name: 'population',
    make: async (page) => {
      await begin(page)
      await page.getByRole('checkbox', { name: /^Patients/ }).check()
      await page.locator('.toolbar-switch', { hasText: '1000 of 1000' }).waitFor({ timeout: 120_000 })
    },
  },
  {
    name: 'link',
    make: async (page) => {
      await pinned(page, ['2e5'])
      await page.getByRole('button', { name: 'Share' }).click()
      const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
      await page.goto('about:blank')
      await page.goto(link)
      await page.getByRole('button', { name: 'Inspect' }).click()
    },
  },
  {
    name: 'phone',
    options: { viewport: { width: 390, height: 844 }, hasTouch: true },
    make: async (page) => {
      await begin(page)
      await page.locator('#parameter-rho').scrollIntoViewIfNeeded()
      await setParameter(page, 'rho', '2.1')
      await page.evaluate(() => scrollBy(0, -120))
    },
  },
]

/** Puts the hint of the first visit away. */
async function begin(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Got it' }).click()
}

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name, exact: true }).click()
}

async function openModel(page: Page, title: string): Promise<void> {
  await page.getByLabel('Preset').selectOption({ label: title })
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await settled(page)
}

async function setParameter(page: Page, name: string, value: string): Promise<void> {
  const search = page.getByLabel('Search parameters')
  await search.fill(name)
  const box = page.locator(`[data-parameter="${name}"] .number-box`).first()
  await box.fill(value)
  await box.press('Enter')
  await search.fill('')
  await search.blur()
}

/** Pins the model as it is under each of these doses, and goes back to the dose of the model. */
async function pinned(page: Page, doses: readonly string[]): Promise<void> {
  await begin(page)
  for (const dose of doses) {
    await setParameter(page, 'dose', dose)
    await settled(page)
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
  }
  await page.getByRole('button', { name: /^Reset dose/ }).click()
}

async function pointAt(page: Page, panel: string, part: number): Promise<void> {
  const box = await page.locator(`[data-panel="${panel}"] .plot`).boundingBox()
  if (box) await page.mouse.move(box.x + part * box.width, box.y + 0.5 * box.height)
}

/** Waits until every panel is drawn and nothing is being computed. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const isDrawn = (host: Element) => host.querySelector('svg') && !host.closest('[data-live]')
    const waits = [...document.querySelectorAll('.endpoints td')].some(({ textContent }) => textContent === '…')
    return [...document.querySelectorAll('.vega-host')].every(isDrawn) && !waits
  })
}

const dist = mkdtempSync(join(tmpdir(), 'cartkin-screenshots-'))
execFileSync(
  join(root, 'node_modules/.bin/vite'),
  ['build', 'apps/dashboard', '--outDir', dist, '--emptyOutDir', '--logLevel', 'error'],
  { cwd: root, stdio: 'inherit' },
)
const server = await serveDashboard(dist, 0)
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
mkdirSync(folder, { recursive: true })
const names = process.argv.slice(2)
try {
  for (const { name, options = {}, make } of pictures.filter((one) => names.length === 0 || names.includes(one.name))) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
    const page = await context.newPage()
    await page.goto(server.url)
    await settled(page)
    await make(page)
    await settled(page)
    // what follows the curves, such as labels and figures, is there a moment later
    await page.waitForTimeout(1500)
    const shot = await page.screenshot()
    const picture = [256, 192, 128, 96].map((colours) => smallPng(shot, colours)).find(({ length }) => length <= most)
    if (!picture) throw new Error(`${name}.png has more than ${most} bytes`)
    writeFileSync(join(folder, `${name}.png`), picture)
    console.log(`${name}.png ${Math.round(picture.length / 1000)} kB`)
    await context.close()
  }
} finally {
  await browser.close()
  await server.close()
  rmSync(dist, { recursive: true })
}
