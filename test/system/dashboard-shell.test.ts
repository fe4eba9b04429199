import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { libraryModel } from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { gridTable, parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { tableToCsv } from '@cartkin/tables'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

/** The best of three, so that a neighbour on the machine turns nothing red; no more are tried than are needed. */
async function bestOfThree(bound: number, measure: () => Promise<number>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let k = 0; k < 3 && !(best <= bound); k++) best = Math.min(best, await measure())
  return best
}

const tail = (durations: readonly number[]): number =>
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
})

describe('a slider', () => {
  it('U3 moves the curves of four panels within 33 ms (95th percentile of 50)', async () => {
    const page = await openPage()
    await settled(page)
    expect(await page.locator('.panel').count()).toBe(4)
    expect(await bestOfThree(33, async () => tail(await sliderToPixels(page, 50)))).toBeLessThanOrEqual(33)
    await page.context().close()
  })

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
    const fits = ({ long, longest }: { readonly long: number; readonly longest: number }) => long <= 3 && longest <= 200
    for (let k = 0; k < 3 && !counts.some(fits); k++) counts.push(await longTasksOfDrag(page))
    expect(counts.some(fits), JSON.stringify(counts)).toBe(true)
    await page.context().close()
  })
})

it('has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})

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

/** Drags a slider to and fro for 3 s and counts tasks of the page that took more than 50 ms. */
function longTasksOfDrag(page: Page): Promise<{ readonly long: number; readonly longest: number }> {
  return page.evaluate(async () => {
    const slider = document.querySelector<HTMLInputElement>('#parameter-rho')
    if (!slider) throw new Error('no slider')
    const durations: number[] = []
    const observer = new PerformanceObserver((list) => {
      durations.push(...list.getEntries().map(({ duration }) => duration))
    })
    observer.observe({ type: 'longtask' })
    const began = performance.now()
    for (let now = began; now - began < 3000; now = performance.now()) {
      slider.value = String(0.5 + 0.2 * Math.sin((now - began) / 200))
      slider.dispatchEvent(new Event('input', { bubbles: true }))
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
    observer.disconnect()
    slider.dispatchEvent(new Event('change', { bubbles: true }))
    return { long: durations.length, longest: Math.max(0, ...durations) }
  })
}
