import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { libraryModel } from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { gridTable, parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { tableToCsv } from '@cartkin/tables'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, settled } from './dashboard-page.ts'
import { type Beside, besideOthers, type PageTask, pageTasks } from './neighbours.ts'

const { browser, complaints, openPage } = dashboardTests()

/** Whoever has more of the processors than this takes time from what is measured. */
const noticed = 0.1

/** Most measurements of a time: neighbours on the machine come and go. No more are made than are needed. */
const attempts = 5

/** No more are begun after so many milliseconds. */
const patience = 25_000

/** The longest task that is none to be felt, and the longest that a person puts up with, milliseconds. */
const [unfelt, longestTask] = [50, 200]

/** How long tasks took; beside others the time that they computed, for a task that waits for a processor that others have is none of the page's making. */
const timesOf = ({ result, share }: Beside<readonly PageTask[]>): readonly number[] =>
  result.map(({ clock, computing }) => (share < noticed ? clock : computing))

const tailOf = (durations: readonly number[]): number =>
  [...durations].sort((a, b) => a - b)[Math.ceil(0.95 * durations.length) - 1] ?? Number.POSITIVE_INFINITY

describe('before anybody touches the page', () => {
  it('U1 fetches at most 450 kB of scripts, workers included, compressed', async () => {
    const scripts: { readonly url: string; readonly body: Promise<Buffer> }[] = []
    const page = await openPage({}, (context) => {
      context.on('response', (response) => {
        if (new URL(response.url()).pathname.endsWith('.js'))
          scripts.push({ url: response.url(), body: response.body() })
      })
    })
    await settled(page)
    await page.waitForLoadState('networkidle')
    await new Promise((resolve) => setTimeout(resolve, 3000))
    const sizes = await Promise.all(
      scripts.map(async ({ url, body }) => ({ name: url.split('/').at(-1), bytes: gzipSync(await body).length })),
    )
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    const list = sizes
      .sort((a, b) => b.bytes - a.bytes)
      .map(({ name, bytes }) => `${(bytes / 1000).toFixed(1)} ${name}`)
    expect(sizes.some(({ name }) => name?.startsWith('compute.worker'))).toBe(true)
    expect(total, list.join('\n')).toBeLessThanOrEqual(450_000)
    await page.context().close()
  })

  it('U1 draws the first curve within 1.5 s of a cold load, with no task above 200 ms', async () => {
    const before = await openPage()
    const url = before.url()
    await before.context().close()
    const loads: { readonly curve: number; readonly longest: number; readonly alone: boolean }[] = []
    const fits = (bound: number) => loads.some(({ curve, longest }) => curve <= bound && longest <= longestTask)
    while (loads.length < attempts && !fits(1500)) {
      const context = await browser().newContext({ viewport: { width: 1440, height: 900 } })
      const page = await context.newPage()
      const load = async () => {
        await page.goto(url)
        await settled(page)
      }
      const tasks = await besideOthers(browser(), () => pageTasks(page, load))
      const curve = await page.evaluate(() => performance.getEntriesByName('first-curve')[0]?.startTime ?? Infinity)
      loads.push({ curve, longest: Math.max(...timesOf(tasks)), alone: tasks.share < noticed })
      await context.close()
    }
    // twice the time, where the machine was never free
    expect(fits(loads.some(({ alone }) => alone) ? 1500 : 3000), JSON.stringify(loads)).toBe(true)
  })
})

describe('a slider', () => {
  it('U3 moves the curves of four panels within 33 ms (95th percentile of 50)', async () => {
    const page = await openPage()
    await settled(page)
    expect(await page.locator('.panel').count()).toBe(4)
    await expectUpdatesWithin(33, page, async () => {})
    await page.context().close()
  }, 120_000)

  it('U3 moves them within 50 ms over a resting band of 200 patients (95th percentile of 50)', async () => {
    const page = await openPage()
    await settled(page)
    const bands = page.locator('.toolbar-switch').filter({ hasText: 'Bands' })
    await bands.getByRole('checkbox').check()
    await expectUpdatesWithin(50, page, async () => {
      await expect.poll(() => bands.textContent(), { timeout: 60_000 }).toContain('n = 200, seed 1')
      // two areas in each panel, of each quantity
      await expect
        .poll(() => page.locator('.vega-host .mark-area path[d*=L]').count(), { timeout: 20_000 })
        .toBeGreaterThanOrEqual(8)
    })
    await page.context().close()
  }, 120_000)

  it('U4 ends, after 60 events in a second, at the curve of a direct run; no stale answer is drawn', async () => {
    const page = await openPage()
    await settled(page)
    await page.evaluate(async () => {
      const slider = document.querySelector<HTMLInputElement>('#parameter-rho')
      if (!slider) throw new Error('no slider')
      for (let k = 0; k < 60; k++) {
        slider.value = String(0.4 + (0.2 * ((k * 17) % 60)) / 60)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        await new Promise((resolve) => setTimeout(resolve, 1000 / 60))
      }
      slider.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await settled(page)
    const drawn = await curvesOf(page)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await curvesOf(page)).toEqual(drawn)
    const csv = await exported(page, 'CSV')
    const { desks } = JSON.parse(await exported(page, 'Project'))
    const rho = Number(JSON.stringify(desks).match(/"rho":([0-9.e+-]+)/)?.[1])
    expect(rho).toBeGreaterThan(0)

    const { text, regimen, start } = libraryModel('lupus-qsp')
    const parsed = parseModel(text)
    if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
    const { model } = parsed
    const parameters = parameterVector(model, { rho })
    const times = Float64Array.from(csv.trimEnd().split('\n').slice(1), (row) => Number(row.split(',')[0]))
    const run = simulateSubject({
      model: compileModel(model),
      parameters,
      records: regimenRecords(model, regimen, parameters),
      start,
      end: times.at(-1) ?? Number.NaN,
    })
    expect(csv).toBe(tableToCsv(gridTable(model, run, times)))
    await page.context().close()
  })

  it('U5 is dragged for 3 s with at most 3 long tasks, none above 200 ms', async () => {
    const page = await openPage()
    await settled(page)
    const counts: { readonly long: number; readonly longest: number }[] = []
    const fits = ({ long, longest }: { readonly long: number; readonly longest: number }) =>
      long <= 3 && longest <= longestTask
    while (counts.length < attempts && !counts.some(fits)) {
      const times = timesOf(await besideOthers(browser(), () => pageTasks(page, () => dragged(page))))
      counts.push({ long: times.filter((time) => time > unfelt).length, longest: Math.max(0, ...times) })
    }
    expect(counts.some(fits), JSON.stringify(counts)).toBe(true)
    await page.context().close()
  })
})

it('has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})

/** Fails where the 95th percentile of 50 updates by a slider takes longer than `bound` milliseconds; each run of them begins when the page is `ready`. */
async function expectUpdatesWithin(bound: number, page: Page, ready: () => Promise<void>): Promise<void> {
  const updates = 50
  const runs: { readonly tail: number; readonly computing: number; readonly alone: boolean }[] = []
  const until = performance.now() + patience
  while (runs.length < attempts && !runs.some(({ tail }) => tail <= bound) && performance.now() < until) {
    await ready()
    const durations: number[] = []
    const { result: tasks, share } = await besideOthers(browser(), () =>
      pageTasks(page, async () => void durations.push(...(await sliderToPixels(page, updates)))),
    )
    const computing = tasks.reduce((sum, task) => sum + task.computing, 0) / updates
    runs.push({ tail: tailOf(durations), computing, alone: share < noticed })
  }
  // where the machine was never free the clock says nothing of the page: then an update computes no longer, in the mean
  const isAlone = runs.some(({ alone }) => alone)
  const least = Math.min(...runs.map(({ tail, computing }) => (isAlone ? tail : computing)))
  expect(least, JSON.stringify(runs)).toBeLessThanOrEqual(bound)
}

/** What the panels' Vega views have drawn. */
function curvesOf(page: Page): Promise<readonly (string | null)[]> {
  return page.locator('.vega-host path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')))
}

async function exported(page: Page, name: 'CSV' | 'Project'): Promise<string> {
  await page.getByRole('button', { name: 'Export' }).click()
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page
      .locator('#export-menu')
      .getByRole('button', { name, exact: name === 'CSV' })
      .first()
      .click(),
  ])
  return readFile(await file.path(), 'utf8')
}

/** Moves a slider `trials` times and measures how long it takes until a frame shows another curve in every panel. */
function sliderToPixels(page: Page, trials: number): Promise<number[]> {
  return page.evaluate(async (count) => {
    const slider = document.querySelector<HTMLInputElement>('#parameter-rho')
    const canvas = document.querySelector<HTMLCanvasElement>('.panel:last-child canvas.curves')
    if (!slider || !canvas) throw new Error('no slider or no canvas')
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    // a copy of the middle: reading back the page's own canvas would slow its drawing
    const copy = new OffscreenCanvas(64, canvas.height).getContext('2d', { willReadFrequently: true })
    const pixels = () => {
      copy?.clearRect(0, 0, 64, canvas.height)
      copy?.drawImage(canvas, -Math.round(canvas.width / 4), 0)
      const { data } = copy?.getImageData(0, 0, 64, canvas.height) ?? { data: [] }
      let sum = 0
      for (let i = 3; i < data.length; i += 4) sum = (sum * 31 + (data[i] ?? 0)) | 0
      return sum
    }
    const durations: number[] = []
    for (let k = 0; k < count; k++) {
      const before = pixels()
      slider.value = String(0.35 + (0.3 * ((k * 7) % count)) / count)
      const began = performance.now()
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      do await frame()
      while (pixels() === before && performance.now() - began < 2000)
      durations.push(performance.now() - began)
    }
    return durations
  }, trials)
}

/** Drags a slider to and fro for 3 s. */
async function dragged(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>('#parameter-rho')
    if (!slider) throw new Error('no slider')
    const began = performance.now()
    for (let now = began; now - began < 3000; now = performance.now()) {
      slider.value = String(0.5 + 0.2 * Math.sin((now - began) / 200))
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    slider.dispatchEvent(new Event('change', { bubbles: true }))
  })
}
