import { readFile } from 'node:fs/promises'
import { libraryModel } from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { gridTable, parameterVector, regimenRecords, simulateSubject } from '@cartkin/simulation'
import { tableToCsv } from '@cartkin/tables'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { browser, complaints, openPage } = dashboardTests()

const openPreset = async (page: Page, title: string): Promise<void> => {
  await page.getByLabel('Preset').selectOption({ label: title })
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await settled(page)
}

const oncology = 'CD19 CAR-T cells in lymphoma'
const stein = 'Tisagenlecleucel cellular kinetics (Stein 2019)'

describe('the page', () => {
  it('gives the plots at least 55 % of a 1440 × 900 window, isolated from other origins', async () => {
    const page = await openPage()
    const box = await page.getByRole('main').boundingBox()
    expect(((box?.width ?? 0) * (box?.height ?? 0)) / (1440 * 900)).toBeGreaterThanOrEqual(0.55)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
    await page.context().close()
  })

  it('has no sideways scroll from 320 to 2560 pixels', async () => {
    const page = await openPage()
    for (const width of [2560, 1440, 1024, 768, 390, 320]) {
      await page.setViewportSize({ width, height: 844 })
      await settled(page)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await page.context().close()
  })

  it('switches presets: other panels, parameters and endpoints, none of the old changes', async () => {
    const page = await openPage()
    await page.getByLabel(/^rho, .*value/).fill('2')
    await page.keyboard.press('Enter')
    await openPreset(page, oncology)
    expect(await page.locator('.panel h2').allTextContents()).toEqual([
      'CAR-T cells',
      'B cells',
      'Tumour',
      'IL-6, CRP and ferritin',
    ])
    expect(await page.getByLabel(/^rho, .*value/).inputValue()).toBe('1.72')
    await openPreset(page, stein)
    expect(await page.locator('.endpoints tbody tr').count()).toBe(5)
    await page.context().close()
  })
})

describe('a slider', () => {
  it('leaves the course of its last value, and the reference in grey', async () => {
    const page = await openPage()
    await settled(page)
    const endpoints = () => page.locator('.endpoints tbody td').allTextContents()
    const setBox = async (value: string): Promise<void> => {
      await page.getByLabel(/^rho, .*value/).fill(value)
      await page.keyboard.press('Enter')
    }
    const plot = page.locator('.plot').first()
    const before = await plot.screenshot()
    await page.evaluate(() => {
      const slider = document.querySelector<HTMLInputElement>('#parameter-rho')
      for (let k = 0; slider && k <= 60; k++) {
        slider.value = String(0.5 - 0.002 * k)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
      }
    })
    await page.waitForFunction(() => document.querySelector('.plot')?.hasAttribute('data-live'))
    await settled(page)
    expect(Buffer.compare(before, await plot.screenshot())).not.toBe(0)
    const dragged = await endpoints()
    const value = await page.getByLabel(/^rho, .*value/).inputValue()
    await setBox('1.7')
    await expect.poll(endpoints).not.toEqual(dragged)
    await setBox(value)
    await expect.poll(endpoints).toEqual(dragged)
    await page.context().close()
  })

  it('U6 U7 and its number box follow each other; keys move it by 1 %, 0.1 %, 10 % and to its ends', async () => {
    const page = await openPage()
    const slider = page.locator('#parameter-rho')
    const box = page.getByLabel(/^rho, .*value/)
    const position = async () => Number(await slider.inputValue())
    await box.fill('2')
    await page.keyboard.press('Enter')
    await expect.poll(position).toBeCloseTo(0.5 + Math.log10(2 / 1.6) / 2, 6)
    expect(await slider.getAttribute('aria-valuetext')).toBe('2 per day')
    await slider.focus()
    for (const [key, step] of [
      ['ArrowRight', 0.01],
      ['Shift+ArrowLeft', -0.001],
      ['PageUp', 0.1],
      ['PageDown', -0.1],
    ] as const) {
      const before = await position()
      await page.keyboard.press(key)
      await expect.poll(async () => (await position()) - before).toBeCloseTo(step, 3)
    }
    await page.keyboard.press('End')
    await expect.poll(() => box.inputValue()).toBe('16')
    await page.keyboard.press('Home')
    await expect.poll(() => box.inputValue()).toBe('0.16')
    await page.keyboard.press('Delete')
    await expect.poll(() => box.inputValue()).toBe('1.6')
    await page.context().close()
  })

  it('U8 refuses what is no number, says why, and keeps the last good value; U9 moves to a click and by its buttons', async () => {
    const page = await openPage()
    const row = page.locator('[data-parameter=rho]')
    for (const text of ['1e999', 'abc', '', '1,5']) {
      await row.locator('.number-box').fill(text)
      await page.keyboard.press('Enter')
      await row.getByRole('alert').waitFor()
      expect(await page.locator('#parameter-rho').getAttribute('aria-valuetext')).toBe('1.6 per day')
      await page.keyboard.press('Escape')
      await row.getByRole('alert').waitFor({ state: 'detached' })
      expect(await row.locator('.number-box').inputValue()).toBe('1.6')
    }
    const slider = page.locator('#parameter-rho')
    const value = async () => Number(await row.locator('.number-box').inputValue())
    const { width = 0, height = 0 } = (await slider.boundingBox()) ?? {}
    await slider.click({ position: { x: 0.75 * width, y: height / 2 } })
    await expect.poll(value).toBeGreaterThan(3)
    await row.getByRole('button', { name: 'Reset rho' }).click()
    await row.getByRole('button', { name: 'Increase rho' }).click()
    await expect.poll(value).toBe(Number((0.16 * 100 ** 0.51).toPrecision(4)))
    await row.getByRole('button', { name: 'Decrease rho' }).click()
    await expect.poll(value).toBe(1.6)
    await page.context().close()
  })
})

describe('a virtual population', () => {
  it('shows its progress and is cancelled', async () => {
    const page = await openPage()
    const card = page.getByRole('region', { name: 'Virtual population' })
    await card.getByRole('button', { name: 'Run 200 subjects' }).waitFor()
    // within the page: a quick machine is done before anybody looks from outside
    const done = await card.evaluate(async (element) => {
      const find = (name: string) => [...element.querySelectorAll('button')].find((one) => one.textContent === name)
      const progress = () => element.querySelector('progress')
      find('Run 200 subjects')?.click()
      while (!(progress() && Number(progress()?.value) > 0)) await new Promise(requestAnimationFrame)
      const value = Number(progress()?.value)
      find('Cancel')?.click()
      return value
    })
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(200)
    await card.getByRole('button', { name: 'Run 200 subjects' }).waitFor({ timeout: 2000 })
    await expect.poll(() => card.getByRole('progressbar').count()).toBe(0)
    await page.context().close()
  })

  it('draws bands and says how many and with which seed', async () => {
    const page = await openPage()
    await openPreset(page, stein)
    const card = page.getByRole('region', { name: 'Virtual population' })
    await card.getByRole('button', { name: 'Run 200 subjects' }).click()
    await expect.poll(() => card.getByRole('status').textContent(), { timeout: 30_000 }).toContain('n = 200, seed 1')
    await page.waitForFunction(() => document.querySelectorAll('.vega-host .mark-area path[d]').length === 2)
    await page.getByLabel(/^Cmax, .*value/).fill('30000')
    await page.keyboard.press('Enter')
    await expect.poll(() => card.textContent()).toContain('Out of date')
    await page.context().close()
  })
})

describe('the panels', () => {
  it('are read day by day with the arrow keys, and as tables', async () => {
    const page = await openPage()
    await settled(page)
    const plot = page.getByRole('application', { name: 'CAR-T cells, value by day' })
    await plot.focus()
    await page.keyboard.press('Home')
    for (let k = 0; k < 20; k++) await page.keyboard.press('ArrowRight')
    await expect
      .poll(() => page.locator('[data-panel="CAR-T cells"] [role=status]').textContent())
      .toMatch(/^Day 9, 106 cells per/)
    await page.getByRole('button', { name: 'B cells: show as table' }).click()
    const table = page.getByRole('table', { name: 'B cells' })
    await expect.poll(() => table.getByRole('row').count(), { timeout: 10_000 }).toBeGreaterThan(300)
    await expectAccessible(page)
    await page.context().close()
  })

  it('keep their axes while sliders move', async () => {
    const page = await openPage()
    await settled(page)
    const labels = () => page.locator('.vega-host .role-axis-label text').allTextContents()
    const before = await labels()
    expect(before.length).toBeGreaterThan(20)
    await page.getByLabel(/^rho, .*value/).fill('3.5')
    await page.keyboard.press('Enter')
    await settled(page)
    expect(await labels()).toEqual(before)
    await page.getByRole('button', { name: 'Curves outside view: fit axes' }).first().click()
    await expect.poll(labels).not.toEqual(before)
    await page.context().close()
  })
})

describe('an export', () => {
  const download = async (page: Page, name: string): Promise<string> => {
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('#export-menu').getByRole('button', { name, exact: true }).first().click(),
    ])
    return readFile(await file.path(), 'utf8')
  }

  it('gives all curves as CSV', async () => {
    const page = await openPage()
    const [header = '', ...rows] = (await download(page, 'CSV')).trimEnd().split('\n')
    const names = header.split(',')
    expect(names.slice(0, 2)).toEqual(['time', 'LD'])
    const cells = rows.map((row) => row.split(',').map(Number))
    expect(rows.length).toBeGreaterThan(1000)
    expect(cells.every((row) => row.length === names.length && row.every(Number.isFinite))).toBe(true)
    const peak = Math.max(...cells.map((row) => row[names.indexOf('CAR')] ?? 0))
    expect(peak).toBeCloseTo(108.85, 0)
    await page.context().close()
  })

  it('gives the bits that Node computes', async () => {
    const page = await openPage()
    const csv = await download(page, 'CSV')
    await page.context().close()
    const { text, regimen, start } = libraryModel('lupus-qsp')
    const parsed = parseModel(text)
    if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message)
    const { model } = parsed
    const parameters = parameterVector(model)
    const times = Float64Array.from(csv.trimEnd().split('\n').slice(1), (row) => Number(row.split(',')[0]))
    const run = simulateSubject({
      model: compileModel(model),
      parameters,
      records: regimenRecords(model, regimen, parameters),
      start,
      end: times.at(-1)!,
    })
    expect(
      tableToCsv(gridTable(model, run, times))
        .trimEnd()
        .split('\n')
        .slice(1),
    ).toEqual(csv.trimEnd().split('\n').slice(1))
  })

  it('gives a panel as SVG without scripts or links', async () => {
    const page = await openPage()
    await settled(page)
    const svg = await download(page, 'B cells SVG')
    // The page's own policy forbids parsing markup.
    const empty = await browser().newPage()
    const found = await empty.evaluate((text) => {
      const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml')
      return {
        name: documentElement.nodeName,
        texts: documentElement.querySelectorAll('text').length,
        curve: Math.max(
          ...[...documentElement.querySelectorAll('[class*=courses_] path')].map(
            (path) => path.getAttribute('d')?.length ?? 0,
          ),
        ),
        active: documentElement.querySelectorAll('script, a, [href], foreignObject').length,
      }
    }, svg)
    expect(found).toMatchObject({ name: 'svg', active: 0 })
    expect(found.texts).toBeGreaterThan(5)
    expect(found.curve).toBeGreaterThan(500)
    await empty.close()
    await page.context().close()
  })
})

describe('accessibility by axe', () => {
  it.each([
    ['light', {}],
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 390, height: 844 } }],
  ] as const)('finds nothing: %s', async (_, options) => {
    const page = await openPage(options)
    await settled(page)
    await expectAccessible(page)
    await page.context().close()
  })
})

it('has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
