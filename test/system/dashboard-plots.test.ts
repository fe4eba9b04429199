import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

/** A table of hundreds of rows takes its time on a busy machine. */
const slow = { timeout: 15_000 }

const stein = 'Tisagenlecleucel cellular kinetics (Stein 2019)'

const panel = (page: Page, title: string) => page.locator(`[data-panel="${title}"]`)
const plot = (page: Page, title: string) => panel(page, title).locator('.plot')
const undo = (page: Page): Promise<void> => page.getByRole('button', { name: /^Undo/ }).click()

const setParameter = async (page: Page, name: string, value: string): Promise<void> => {
  await page.getByLabel(new RegExp(`^${name}, .*value`)).fill(value)
  await page.keyboard.press('Enter')
}

/** Of each panel the first and last time and the lowest and highest value that its axes show. */
const axes = (page: Page): Promise<number[][]> =>
  page
    .locator('.plot')
    .evaluateAll((plots) => plots.map((each) => (each.getAttribute('data-axes') ?? '').split(',').map(Number)))

/** Drags over a plot, from and to parts of its width. */
async function drag(page: Page, title: string, from: number, to: number): Promise<void> {
  const box = await plot(page, title).boundingBox()
  if (!box) throw new Error('no plot')
  const at = (part: number): number => box.x + 50 + part * (box.width - 66)
  const y = box.y + box.height / 2
  await page.mouse.move(at(from), y)
  await page.mouse.down()
  for (let k = 1; k <= 5; k++) await page.mouse.move(at(from + ((to - from) * k) / 5), y)
  await page.mouse.up()
}

/** Times of a panel's table, the first and the last. */
async function tableTimes(page: Page, title: string): Promise<readonly [number, number]> {
  const rows = await panel(page, title).locator('tbody th').allTextContents()
  return [Number(rows[0]), Number(rows.at(-1))]
}

describe('zoom', () => {
  it('U19 by a drag is shared by all panels and stays through redraws and other scenarios; undo takes it back', async () => {
    const page = await openPage()
    await settled(page)
    const whole = await axes(page)
    await drag(page, 'CAR-T cells', 0.1, 0.4)
    await expect.poll(() => axes(page)).not.toEqual(whole)
    await settled(page)
    const zoomed = await axes(page)
    expect(new Set(zoomed.map(([low, high]) => `${low} ${high}`)).size).toBe(1)
    const ticks = page.locator('.vega-host .role-axis-label text')
    expect(await ticks.allTextContents()).toContain('14')
    await setParameter(page, 'rho', '1.9')
    await settled(page)
    expect(await axes(page)).toEqual(zoomed)
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
    await setParameter(page, 'rho', '1.2')
    await settled(page)
    expect(await axes(page)).toEqual(zoomed)
    await page.locator('.scenario-chip').first().getByRole('button').first().click()
    await settled(page)
    expect(await axes(page)).toEqual(zoomed)
    for (const title of ['B cells', 'CAR-T cells'])
      await page.getByRole('button', { name: `${title}: show as table` }).click()
    const [one, other] = [await tableTimes(page, 'B cells'), await tableTimes(page, 'CAR-T cells')]
    expect(one).toEqual(other)
    for (const title of ['B cells', 'CAR-T cells'])
      await page.getByRole('button', { name: `${title}: show as table` }).click()
    await plot(page, 'B cells').dblclick({ position: { x: 200, y: 60 } })
    await settled(page)
    expect(await axes(page)).not.toEqual(zoomed)
    await undo(page)
    await settled(page)
    expect(await axes(page)).toEqual(zoomed)
    await page.context().close()
  })

  it('works by buttons, keys and the wheel with Ctrl; windows of the toolbar end it', async () => {
    const page = await openPage()
    await settled(page)
    const whole = await axes(page)
    const changes = async (act: () => Promise<unknown>): Promise<void> => {
      const before = await axes(page)
      await act()
      await expect.poll(() => axes(page)).not.toEqual(before)
    }
    await changes(() => page.getByRole('button', { name: 'Zoom in' }).click())
    await changes(() => page.getByRole('button', { name: 'Later times' }).click())
    await plot(page, 'CAR-T cells').focus()
    await changes(() => page.keyboard.press('+'))
    await changes(() => page.keyboard.press('Shift+ArrowLeft'))
    await changes(() => page.keyboard.press('-'))
    await changes(() => page.keyboard.press('r'))
    await page.getByRole('radio', { name: 'Day 180' }).check()
    await expect.poll(() => axes(page)).toEqual(whole)
    await plot(page, 'CAR-T cells').hover()
    await page.keyboard.down('Control')
    await changes(() => page.mouse.wheel(0, -200))
    await page.keyboard.up('Control')
    await page.getByRole('radio', { name: 'Day 180' }).check()
    await expect.poll(() => axes(page)).toEqual(whole)
    await page.context().close()
  })

  it('U28 figures of the times under a drag come without a run', async () => {
    const page = await openPage()
    await settled(page)
    await page.evaluate(() => {
      const { postMessage } = Worker.prototype
      const counted = window as Window & { messages?: number }
      counted.messages = 0
      Worker.prototype.postMessage = function (...message: unknown[]) {
        counted.messages = (counted.messages ?? 0) + 1
        Reflect.apply(postMessage, this, message)
      }
    })
    const card = page.locator('.window-card')
    await drag(page, 'CAR-T cells', 0, 0.5)
    await card.waitFor()
    const first = await card.locator('tbody').textContent()
    await drag(page, 'CAR-T cells', 0.5, 0.9)
    await expect.poll(() => card.locator('tbody').textContent()).not.toBe(first)
    expect(await page.evaluate(() => (window as Window & { messages?: number }).messages)).toBe(0)
    await page.context().close()
  })
})

describe('a log axis', () => {
  it('U18 is switched per panel by L, says how many values it leaves out, and stays through a redraw', async () => {
    const page = await openPage()
    await settled(page)
    const chip = panel(page, 'CAR-T cells').locator('.unshown-chip')
    await panel(page, 'CAR-T cells')
      .getByRole('button', { name: /show as table/ })
      .click()
    const cells = await panel(page, 'CAR-T cells').locator('tbody td').allTextContents()
    await panel(page, 'CAR-T cells')
      .getByRole('button', { name: /show as table/ })
      .click()
    const none = cells.filter((text) => Number(text.replaceAll(',', '')) <= 0).length
    expect(none).toBeGreaterThan(0)
    expect(await chip.textContent()).toContain(`${none} values are zero or below and cannot be shown on a log axis.`)
    await plot(page, 'CAR-T cells').focus()
    await page.keyboard.press('l')
    await chip.waitFor({ state: 'detached' })
    await panel(page, 'CAR-T cells').getByRole('button', { name: 'CAR-T cells: linear axis, change to log' }).waitFor()
    await setParameter(page, 'rho', '1.8')
    await settled(page)
    await panel(page, 'CAR-T cells').getByRole('button', { name: 'CAR-T cells: linear axis, change to log' }).click()
    await chip.waitFor()
    await page.context().close()
  })
})

describe('doses', () => {
  it('U21 are ticks at their times with the amount in text', async () => {
    const page = await openPage()
    await settled(page)
    const summary = await panel(page, 'CAR-T cells').locator('p[id].visually-hidden').textContent()
    const given = /Given: (.*)\.\s*$/.exec(summary ?? '')?.[1] ?? ''
    const times = [...given.matchAll(/day (-?[\d.]+)/g)].map(([, time]) => Number(time))
    expect(times).toContain(0)
    expect(given.split('; ').every((part) => /\d/.test(part.split(' at ')[0] ?? ''))).toBe(true)
    const ticks = await panel(page, 'CAR-T cells')
      .locator('.vega-host .mark-rule line')
      .evaluateAll((lines) => lines.filter((line) => line.getAttribute('stroke-width') === '1.5').length)
    expect(ticks).toBeGreaterThanOrEqual(times.length)
    const plotted = plot(page, 'CAR-T cells')
    await plotted.focus()
    await page.keyboard.press('Home')
    const spoken = panel(page, 'CAR-T cells').locator('[role=status]')
    const said: string[] = []
    for (let k = 0; k < 16; k++) {
      await page.keyboard.press('ArrowRight')
      said.push((await spoken.textContent()) ?? '')
    }
    expect(said.some((text) => /Given: .*\d/.test(text))).toBe(true)
    await page.context().close()
  })
})

describe('tracing', () => {
  it('U35 arrows speak time, value with three digits and curve; up and down change the curve; Escape leaves', async () => {
    const page = await openPage()
    await settled(page)
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
    await settled(page)
    const spoken = panel(page, 'CAR-T cells').locator('[role=status]')
    await plot(page, 'CAR-T cells').focus()
    await page.keyboard.press('Home')
    for (let k = 0; k < 20; k++) await page.keyboard.press('ArrowRight')
    await expect.poll(() => spoken.textContent()).toMatch(/^Day 9, 106 cells per microlitre, Scenario 1$/)
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => spoken.textContent()).toMatch(/^Day 9, 106 cells per microlitre, As in the model$/)
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => spoken.textContent()).toMatch(/Scenario 1$/)
    await page.keyboard.press('Escape')
    await expect.poll(() => spoken.textContent()).toBe('')
    await page.keyboard.press('t')
    const table = panel(page, 'CAR-T cells').locator('.panel-table')
    await expect.poll(() => table.evaluate((element) => element === document.activeElement), slow).toBe(true)
    await page.keyboard.press('Escape')
    await expect.poll(() => plot(page, 'CAR-T cells').evaluate((e) => e === document.activeElement), slow).toBe(true)
    await page.context().close()
  })

  it('shows a panel alone by its number or its title, and all of them again by Escape', async () => {
    const page = await openPage()
    await settled(page)
    const count = await page.locator('.panel').count()
    await plot(page, 'CAR-T cells').focus()
    await page.keyboard.press('2')
    await expect.poll(() => page.locator('.panel').count()).toBe(1)
    await settled(page)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect.poll(() => page.locator('.panel').count()).toBe(count)
    await panel(page, 'CAR-T cells').getByRole('button', { name: 'CAR-T cells', exact: true }).click()
    await expect.poll(() => page.locator('.panel').count()).toBe(1)
    await page.context().close()
  })
})

describe('tables', () => {
  it('U36 have caption, units and the values that are plotted', async () => {
    const page = await openPage()
    await settled(page)
    await page.getByRole('radio', { name: 'Day 28' }).check()
    const titles = await page.locator('.panel').evaluateAll((all) => all.map((each) => each.getAttribute('data-panel')))
    for (const title of titles.filter((each) => each !== null)) {
      await plot(page, title).focus()
      await page.keyboard.press('Home')
      const spoken = await panel(page, title).locator('[role=status]').textContent()
      await page.keyboard.press('t')
      const table = panel(page, title).getByRole('table')
      expect(await table.locator('caption').textContent()).toContain(title)
      const heads = await table.locator('thead th').allTextContents()
      expect(heads[0]).toBe('Day')
      const first = await table.locator('tbody tr').first().locator('th, td').allTextContents()
      expect(first.length).toBe(heads.length)
      // four digits there, three in speech
      const [, time, value] = /^Day (-?[\d.]+), (-?[\d.,]+)/.exec(spoken?.replaceAll('−', '-') ?? '') ?? []
      expect(Number(first[0])).toBe(Number(time))
      expect(Number(first[1]?.replaceAll(',', ''))).toBeCloseTo(Number(value?.replaceAll(',', '')), 0)
    }
    await page.context().close()
  })
})

describe('what matters here', () => {
  it('follows the pointer, and a bar opens the scan of its parameter', async () => {
    const page = await openPage()
    await settled(page)
    await page.getByRole('tab', { name: 'What matters' }).click()
    const card = page.locator('.influence')
    await expect.poll(() => card.getByRole('button').count(), { timeout: 60_000 }).toBe(8)
    await expect.poll(() => card.getByRole('progressbar').count(), { timeout: 60_000 }).toBe(0)
    await plot(page, 'CAR-T cells').hover({ position: { x: 90, y: 60 } })
    const before = await card.textContent()
    await plot(page, 'B cells').hover({ position: { x: 240, y: 60 } })
    await expect.poll(() => card.textContent()).not.toBe(before)
    await expectAccessible(page)
    const [first] = await card.locator('code').allTextContents()
    await card.getByRole('button').first().click()
    await page.getByRole('tab', { name: 'Scan', selected: true }).waitFor()
    expect(await page.getByRole('tabpanel', { name: 'Scan' }).textContent()).toContain(first)
    await page.context().close()
  })
})

describe('bands', () => {
  it('come when the sliders rest, with their number and seed, and again after a change', async () => {
    const page = await openPage()
    await page.getByLabel('Preset').selectOption({ label: stein })
    await page.getByRole('heading', { level: 1, name: stein }).waitFor()
    await settled(page)
    const control = page.locator('.toolbar-switch').filter({ hasText: 'Bands' })
    await control.getByRole('checkbox').check()
    await expect.poll(() => control.textContent(), { timeout: 30_000 }).toContain('n = 200, seed 1')
    const bands = () =>
      page.locator('.vega-host .mark-area path[d]').evaluateAll((all) => all.map((each) => each.getAttribute('d')))
    await expect.poll(async () => (await bands()).length).toBe(2)
    const before = await bands()
    await setParameter(page, 'Cmax', '30000')
    await expect.poll(bands, { timeout: 30_000 }).not.toEqual(before)
    await expect.poll(() => control.textContent(), { timeout: 30_000 }).toContain('n = 200, seed 1')
    await page.context().close()
  })
})

describe('virtual patients', () => {
  it('are drawn one by one on a layer of their own, with their number and seed, and go when they are not wanted', async () => {
    const page = await openPage()
    await page.getByLabel('Preset').selectOption({ label: stein })
    await page.getByRole('heading', { level: 1, name: stein }).waitFor()
    await settled(page)
    const control = page.locator('.toolbar-switch').filter({ hasText: 'Patients' })
    const painted = () =>
      page
        .locator('.patients-canvas')
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          // copied: reading back the page's own canvas again and again would slow its drawing
          const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })
          copy?.drawImage(canvas, 0, 0)
          return copy?.getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0)
        })
    expect(await painted()).toBe(false)
    await control.getByRole('checkbox').check()
    await expect.poll(() => control.textContent(), { timeout: 40_000 }).toContain('1000 of 1000, seed 1')
    await expect.poll(painted).toBe(true)
    await control.getByRole('checkbox').uncheck()
    await expect.poll(painted).toBe(false)
    await page.context().close()
  })
})

it('has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
