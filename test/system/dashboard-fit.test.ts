import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'
import { pasteModelText } from './model-editor.ts'

const { complaints, openPage } = dashboardTests()

const root = join(import.meta.dirname, '../..')
const oncology = 'CD19 CAR-T cells in lymphoma'
const stein = 'Tisagenlecleucel cellular kinetics (Stein 2019)'

const openPreset = async (page: Page, title: string): Promise<void> => {
  await page.getByLabel('Preset').selectOption({ label: title })
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await settled(page)
}

const cardOf = (page: Page): Locator => page.getByRole('region', { name: 'Fit to data' })
const button = (page: Page, name: string): Locator => cardOf(page).getByRole('button', { name, exact: true })
const status = (page: Page): Locator => cardOf(page).locator('.fit-status')

const setBox = async (page: Page, name: string, value: string): Promise<void> => {
  await page.getByLabel('Search parameters').fill(name)
  await page.locator(`[data-parameter=${name}] .number-box`).first().fill(value)
  await page.keyboard.press('Enter')
  await page.getByLabel('Search parameters').fill('')
}

/** The lymphoma model with sliders away from the published values, so that its fit takes some seconds. */
const lymphoma = async (options?: Parameters<typeof openPage>[0]): Promise<Page> => {
  const page = await openPage(options)
  await openPreset(page, oncology)
  for (const [name, value] of Object.entries({ rho: '1.2', d_E: '0.4', eFer: '2' })) await setBox(page, name, value)
  await page.getByRole('tab', { name: 'Fit', exact: true }).click()
  await button(page, 'Fit').and(page.locator('[aria-disabled=false]')).waitFor()
  return page
}

/** The twelve patients of the example, each to be fitted alone. */
const patients = async (): Promise<Page> => {
  const page = await openPage()
  await openPreset(page, stein)
  await page.getByRole('tab', { name: 'Fit', exact: true }).click()
  await cardOf(page)
    .getByRole('button', { name: /^Use example data/ })
    .click()
  await cardOf(page).getByText('12 subjects, 127 observations of C, 22 below quantification').waitFor()
  return page
}

interface Watched {
  /** Points of the trace and what the status said, frame by frame where they changed. */
  readonly points: readonly number[]
  readonly texts: readonly string[]
  readonly buttons: readonly string[]
  /** Updates of the trace, milliseconds since the start. */
  readonly times: readonly number[]
}

/** Starts the fit and watches the card frame by frame until it has ended. */
function watchFit(page: Page): Promise<Watched> {
  return page.evaluate(async () => {
    const card = document.querySelector('[aria-labelledby=fit-title]')
    const texts = () => [...(card?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent ?? '')
    const press = [...(card?.querySelectorAll('button') ?? [])].find(({ textContent }) => textContent === 'Fit')
    press?.click()
    const seen: { points: number[]; texts: string[]; times: number[] } = { points: [], texts: [], times: [] }
    const buttons = new Set<string>()
    const began = performance.now()
    while (performance.now() - began < 60_000) {
      await new Promise(requestAnimationFrame)
      const points = Number(card?.querySelector('.trace')?.getAttribute('data-points') ?? 0)
      if (points > 0 && points !== seen.points.at(-1)) {
        seen.points.push(points)
        seen.times.push(performance.now() - began)
      }
      const text = card?.querySelector('.fit-status')?.textContent ?? ''
      if (text !== seen.texts.at(-1)) seen.texts.push(text)
      for (const name of texts()) buttons.add(name)
      if (texts().includes('Fit again')) return { ...seen, buttons: [...buttons] }
    }
    throw new Error(`the fit has not ended: ${seen.texts.at(-1)}`)
  })
}

/** Starts a fit, stops it after two iterations, and measures until the page says so; null where it was done before. */
function stopFit(page: Page): Promise<number | null> {
  return page.evaluate(async () => {
    const card = document.querySelector('[aria-labelledby=fit-title]')
    const find = (names: readonly string[]) =>
      [...(card?.querySelectorAll('button') ?? [])].find(({ textContent }) => names.includes(textContent ?? ''))
    find(['Fit', 'Fit again'])?.click()
    const frame = () => new Promise(requestAnimationFrame)
    while (!find(['Stop and keep best'])) await frame()
    do {
      await frame()
      if (find(['Fit again'])) return null
    } while (Number(card?.querySelector('.trace')?.getAttribute('data-points') ?? 0) < 2)
    const began = performance.now()
    find(['Stop and keep best'])?.click()
    while (!card?.querySelector('.fit-status')?.textContent?.startsWith('Stopped by you')) await frame()
    return performance.now() - began
  })
}

const shownValue = async (page: Page, name: string): Promise<number> =>
  Number(await cardOf(page).locator(`[data-estimate="${name}"] [data-value]`).getAttribute('data-value'))

const undoable = (page: Page): Locator => page.getByRole('button', { name: /^Undo/ })

describe('U23 a fit while it runs', () => {
  it('draws its trace, moves its curve, says where it is; the button stops it; its result becomes sliders and a scenario', async () => {
    const page = await lymphoma()
    const before = await page.locator('.panel canvas').first().screenshot()
    const { points, texts, buttons, times } = await watchFit(page)
    // on a quick machine it is over after a few frames
    expect(points.length).toBeGreaterThan(1)
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
    expect((points.at(-1) ?? 0) / Math.max(1, seconds)).toBeGreaterThanOrEqual(1)
    expect(
      texts.filter((text) => /^Iteration \d+ · \d+ runs · objective .* · gradient .* s/.test(text)).length,
    ).toBeGreaterThan(0)
    expect(buttons).toContain('Stop and keep best')
    expect(await status(page).textContent()).toMatch(/^Converged in \d+ iterations \(.* s\)\.$/)
    expect(await cardOf(page).locator('[data-estimate]').count()).toBe(8)
    expect(await cardOf(page).textContent()).toContain('CC BY-NC 4.0, non-commercial')
    await page.locator('.key', { hasText: 'fit' }).waitFor()
    expect(Buffer.compare(before, await page.locator('.panel canvas').first().screenshot())).not.toBe(0)
    await expectAccessible(page)

    // before and after
    const rows = await cardOf(page).locator('.fit-comparison tbody tr').allTextContents()
    expect(rows.map((row) => row.replace(/[\d–].*/, ''))).toEqual(['OFV', 'AIC', 'BIC', 'Parameters', 'Condition'])
    await expect.poll(() => cardOf(page).locator('.fit-comparison tbody tr').first().textContent()).not.toContain('…')

    await button(page, 'Pin fit as scenario').click()
    await page.locator('.panel').first().waitFor()
    await expect.poll(() => page.getByText('Fit 1', { exact: true }).count()).toBeGreaterThan(1)
    await button(page, 'Use estimates as sliders').click()
    const rho = page.getByLabel(/^rho, .*value/).first()
    await expect.poll(() => rho.inputValue()).not.toBe('1.2')
    // one step for all of them
    await undoable(page).first().click()
    await expect.poll(() => rho.inputValue()).toBe('1.2')
    // where it began is no reason to distrust it, what it held is
    expect(await cardOf(page).locator('.stale', { hasText: 'Out of date' }).count()).toBe(0)
    await setBox(page, 'WT', '90')
    await cardOf(page).getByText('Out of date: WT changed.').waitFor()
    // results belong to the run, not to the view
    await openPreset(page, stein)
    await openPreset(page, oncology)
    await cardOf(page).getByText('Out of date: WT changed.').waitFor()
    await page.context().close()
  })

  it('updates its trace once a second where motion is to be reduced', async () => {
    const page = await lymphoma({ reducedMotion: 'reduce' })
    const { times } = await watchFit(page)
    // the last is the end, which waits for nothing
    const gaps = times.slice(0, -1).map((time, k) => time - (times[k - 1] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThan(900)
    await page.context().close()
  })

  it('is paused, has a parameter held and bounds moved, and goes on', async () => {
    const page = await lymphoma()
    // at once: the fit takes less than a second
    await page.evaluate(async () => {
      const find = (name: string) =>
        [...document.querySelectorAll('[aria-labelledby=fit-title] button')].find((one) => one.textContent === name)
      const press = (name: string) => find(name) instanceof HTMLElement && (find(name) as HTMLElement).click()
      press('Fit')
      while (!find('Pause')) await new Promise(requestAnimationFrame)
      press('Pause')
    })
    await button(page, 'One iteration').click()
    await status(page)
      .getByText(/^Paused\. Iteration/)
      .waitFor()
    const paused = await status(page).textContent()
    await button(page, 'Fix d_M').click()
    await cardOf(page)
      .getByText(/After iteration \d+: d_M is held at/)
      .waitFor()
    await button(page, 'eFer').click()
    await page.getByLabel('Upper bound of eFer from here on').fill('9')
    await page.keyboard.press('Enter')
    await cardOf(page)
      .getByText(/After iteration \d+: .*eFer.* 9/)
      .waitFor()
    expect(await status(page).textContent()).toBe(paused)
    await expectAccessible(page)
    await button(page, 'One iteration').click()
    await expect.poll(() => status(page).textContent()).not.toBe(paused)
    await status(page)
      .getByText(/^Paused\. Iteration/)
      .waitFor()
    await button(page, 'Resume').click()
    await button(page, 'Fit again').waitFor({ timeout: 60_000 })
    expect(await cardOf(page).locator('[data-estimate]').count()).toBe(7)
    expect(
      await cardOf(page)
        .getByText(/held since iteration \d+/)
        .count(),
    ).toBe(1)
    await page.context().close()
  })
})

describe('U24 stopping a fit', () => {
  it.runIf(process.env['CARTKIN_LONG'] === '1')(
    'answers within 200 ms and keeps the best values',
    async () => {
      const page = await lymphoma()
      const tails: number[] = []
      for (let k = 0; k < 3 && !(Math.min(...tails) <= 200); k++) {
        const waits: number[] = []
        while (waits.length < 6) {
          const wait = await stopFit(page)
          await button(page, 'Fit again').waitFor()
          const said = (await status(page).textContent()) ?? ''
          // a fit that was done before it could be stopped does not count
          if (wait === null || said.startsWith('Converged')) continue
          waits.push(wait)
          expect(said).toMatch(/^Stopped by you at iteration \d+\. Best values kept\.$/)
        }
        tails.push(Math.max(...waits))
      }
      expect(Math.min(...tails)).toBeLessThanOrEqual(200)
      expect(await cardOf(page).locator('[data-estimate]').count()).toBe(8)
      await page.context().close()
    },
    120_000,
  )
})

describe('U25 the prerequisites of a fit', () => {
  it('are listed with links to where each is mended; the button can be reached and says what is missing', async () => {
    const page = await openPage()
    await page.getByRole('tab', { name: 'Fit', exact: true }).click()
    const list = cardOf(page).getByRole('list', { name: 'What the fit needs' })
    await expect.poll(() => list.locator('[data-met=false]').count()).toBe(2)
    const start = button(page, 'Fit')
    expect(await start.getAttribute('aria-disabled')).toBe('true')
    await start.focus()
    expect(await start.evaluate((element) => document.activeElement === element)).toBe(true)
    await page.keyboard.press('Enter')
    expect(await cardOf(page).getByRole('status').textContent()).toBe(
      'Cannot start the fit yet: choose data to fit to (Data); free a parameter: turn off its Fix (Parameters).',
    )
    await expectAccessible(page)
    await list.getByRole('button', { name: 'Data' }).click()
    await expect.poll(() => page.getByRole('tab', { name: 'Data' }).getAttribute('aria-selected')).toBe('true')
    await list.getByRole('button', { name: 'Parameters' }).click()
    const tab = page.getByRole('tab', { name: 'Parameters' })
    await expect.poll(() => tab.evaluate((element) => document.activeElement === element)).toBe(true)
    await page.context().close()
  })

  it('hold for a slider outside its bounds, and are met again when it is back', async () => {
    const page = await patients()
    await expect.poll(() => button(page, 'Fit').getAttribute('aria-disabled')).toBe('false')
    expect(await cardOf(page).locator('[data-met=false]').count()).toBe(0)
    await page.context().close()
  })
})

interface FitFile {
  readonly best: number
  readonly fits: readonly { readonly estimates: readonly { readonly name: string; readonly estimate: number }[] }[]
}

/** The estimates of the best fit of a result folder of the command line. */
async function byCommand(args: readonly string[], folder: string): Promise<Readonly<Record<string, number>>> {
  await promisify(execFile)(process.execPath, [join(root, 'apps/cli/bin/cartkin.mjs'), ...args, '--out', folder], {
    cwd: root,
  })
  const { best, fits }: FitFile = JSON.parse(await readFile(join(folder, 'fit.json'), 'utf8'))
  return Object.fromEntries((fits[best]?.estimates ?? []).map(({ name, estimate }) => [name, estimate]))
}

describe('U26 the table of estimates', () => {
  it('has the bits of the command line, with interval, bounds and Fix', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cartkin-fit-'))
    const model = 'examples/theophylline/one-compartment.txt'
    const data = 'examples/theophylline/theophylline.csv'
    const wanted = await byCommand(['fit', model, '--data', data], join(folder, 'fit'))
    await rm(folder, { recursive: true })
    const page = await openPage()
    await pasteModelText(page, await readFile(join(root, model), 'utf8'))
    await page.getByRole('tab', { name: 'Data' }).click()
    await page.getByTestId('data-file').setInputFiles(join(root, data))
    await page.getByLabel('is', { exact: true }).selectOption('cp')
    await page.getByRole('tab', { name: 'Fit', exact: true }).click()
    await cardOf(page)
      .getByText(/12 subjects, 132 observations of cp/)
      .waitFor()
    await button(page, 'Fit').click()
    await button(page, 'Fit again').waitFor({ timeout: 30_000 })
    expect(Object.keys(wanted)).toEqual(['ka', 'CL', 'V', 'add.sd', 'prop.sd'])
    for (const [name, value] of Object.entries(wanted)) expect(await shownValue(page, name)).toBe(value)
    const rows = await cardOf(page).locator('.estimates .detail').allTextContents()
    expect(rows).toHaveLength(5)
    for (const row of rows) expect(row).toMatch(/95 % CI .*–.*from .*, bounds .* to /)
    const fix = cardOf(page).getByLabel('Fix V in the next fit')
    await fix.check()
    await cardOf(page).getByText('Out of date: V is fixed now.').waitFor()
    await page.context().close()
  })

  it('says in words what is at a bound, what is imprecise, and why something is not estimable', async () => {
    const page = await patients()
    await button(page, 'Fit').click()
    await button(page, 'Fit again').waitFor({ timeout: 30_000 })
    expect(await status(page).textContent()).toMatch(/^12 of 12 subjects fitted/)
    const row = cardOf(page).getByRole('row', { name: /^P03/ })
    expect(await row.textContent()).toContain('foldx at its bound')
    await row.getByRole('button', { name: 'P03' }).click()
    const details = await cardOf(page).locator('.estimates .detail').allTextContents()
    expect(details[0]).toContain('at upper bound')
    expect(details[0]).toContain('n/e: it is at its upper bound')
    expect(await cardOf(page).locator('.estimates').textContent()).toContain('n/e')
    expect(details.some((text) => text.includes('RSE above 50 %'))).toBe(true)
    // its curve stands on its data alone
    await page.locator('.key', { hasText: 'fit' }).waitFor()
    await expect.poll(() => page.locator('.panel').first().textContent()).toContain('observed 8')
    await expectAccessible(page)
    await page.context().close()
  })
})

describe('U27 residuals, predictive check and profiles', () => {
  it('are drawn with n, replicates and seed; a point chosen by keys names its subject; each has a table', async () => {
    const page = await patients()
    await button(page, 'Fit').click()
    await button(page, 'Fit again').waitFor({ timeout: 30_000 })
    const panels = page.getByRole('tablist', { name: 'Panels' })
    const drawn = (id: string): Locator => page.locator(`[data-figure="${id}"] .points_marks path`)
    await panels.getByRole('tab', { name: 'Residuals' }).click()
    for (const id of ['residuals-time', 'residuals-prediction', 'quantiles', 'observed-predicted'])
      await expect.poll(() => drawn(id).count()).toBe(105)
    expect(await page.locator('[data-figure=residuals-time] figcaption').textContent()).toMatch(
      /^105 observations, 22 beyond quantification not shown; \d+ beyond ±1\.96\.$/,
    )
    await expectAccessible(page)
    const plot = page.getByRole('slider', { name: 'Observed and predicted, points from left to right' })
    await plot.focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    const said = (await plot.getAttribute('aria-valuetext')) ?? ''
    const [, subject = ''] = /^(P\d\d), day [\d.]+: observed .*, predicted .*, weighted residual/.exec(said) ?? []
    expect(subject).not.toBe('')
    await cardOf(page).locator('tr[data-chosen]', { hasText: subject }).waitFor()
    // its points in the other figures, too
    await expect
      .poll(() => page.locator('[data-figure=quantiles] .points_marks path[opacity="0.3"]').count())
      .toBeGreaterThan(80)
    await page.keyboard.press('Escape')
    await expect.poll(() => cardOf(page).locator('tr[data-chosen]').count()).toBe(0)
    await page.getByRole('button', { name: 'Observed and predicted: show as table' }).click()
    expect(await page.getByRole('table', { name: 'Observed and predicted' }).getByRole('row').count()).toBe(106)

    await panels.getByRole('tab', { name: 'VPC' }).click()
    await expect
      .poll(() => page.locator('[data-figure=check-C] figcaption').textContent())
      .toMatch(/^n = 127 observations, 200 replicates, seed 1\. Boxes: 90 % intervals/)
    await expect.poll(() => drawn('check-C').count()).toBe(105)
    await expectAccessible(page)

    await cardOf(page).getByRole('button', { name: 'P05' }).click()
    await cardOf(page).getByRole('button', { name: 'Profile of Cmax' }).click()
    await page.locator('[data-figure=profile-Cmax] figcaption', { hasText: /^95 % interval .*limit, 3\.84/ }).waitFor()
    await page.context().close()
  })
})

it('U2 has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
