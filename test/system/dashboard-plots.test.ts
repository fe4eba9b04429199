import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { asOpened } from './as-opened.ts'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

/** Waits as long as a busy machine needs. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 30_000 })

const stein = 'Tisagenlecleucel cellular kinetics (Stein 2019)'

const panel = (page: Page, title: string) => page.locator(`[data-panel="${title}"]`)
const plot = (page: Page, title: string) => panel(page, title).locator('.plot')
const spoken = (page: Page, title: string) => panel(page, title).locator('[role=status]').first()
const undoButton = (page: Page) => page.getByRole('button', { name: /^Undo/ })
const undo = (page: Page): Promise<void> => undoButton(page).click()
const asTable = (page: Page, title: string): Promise<void> =>
  page.getByRole('button', { name: `${title}: show as table` }).click()
const toolbarSwitch = (page: Page, name: string) => page.locator('.toolbar-switch').filter({ hasText: name })

const setParameter = async (page: Page, name: string, value: string): Promise<void> => {
  await page.getByLabel(new RegExp(`^${name}, .*value`)).fill(value)
  await page.keyboard.press('Enter')
}

const opened: { lupus?: Promise<Page>; stein?: Promise<Page> } = {}

/** The lupus model as it is opened, on one page: what a test has changed is taken back. */
async function lupus(): Promise<Page> {
  opened.lupus ??= openPage()
  return asOpened(await opened.lupus)
}

/** The model of cells in patients with its example data, on another page. */
function patients(): Promise<Page> {
  opened.stein ??= (async () => {
    const page = await openPage()
    await page.getByLabel('Preset').selectOption({ label: stein })
    await page.getByRole('heading', { level: 1, name: stein }).waitFor()
    await page.getByRole('tab', { name: 'Data', exact: true }).click()
    await page.getByRole('button', { name: 'Use example data' }).click()
    await page.getByTestId('data-checks').waitFor()
    await page.getByRole('radio', { name: 'All' }).check()
    await settled(page)
    return page
  })()
  return opened.stein
}

/** Of each panel the first and last time and the lowest and highest value that its axes show. */
const axes = (page: Page): Promise<number[][]> =>
  page
    .locator('.plot')
    .evaluateAll((plots) => plots.map((each) => (each.getAttribute('data-axes') ?? '').split(',').map(Number)))

/** A place in a plot by parts of its width and height. */
async function placeIn(page: Page, title: string, across: number, down: number): Promise<{ x: number; y: number }> {
  const box = await plot(page, title).boundingBox()
  if (!box) throw new Error('no plot')
  return { x: box.x + 50 + across * (box.width - 66), y: box.y + 10 + down * (box.height - 44) }
}

/** Drags over a plot, from and to parts of its width and height. */
async function drag(
  page: Page,
  title: string,
  from: readonly [across: number, down: number],
  to: readonly [across: number, down: number],
): Promise<void> {
  const [a, b] = [await placeIn(page, title, ...from), await placeIn(page, title, ...to)]
  await page.mouse.move(a.x, a.y)
  await page.mouse.down()
  await page.mouse.move(b.x, b.y, { steps: 5 })
  await page.mouse.up()
}

/** Times of a panel's table, the first and the last. */
async function tableTimes(page: Page, title: string): Promise<readonly [number, number]> {
  const rows = await panel(page, title).locator('.panel-table').first().locator('tbody th').allTextContents()
  return [Number(rows[0]), Number(rows.at(-1))]
}

/** Counts what is sent to workers from now on. */
async function countMessages(page: Page): Promise<() => Promise<number | undefined>> {
  await page.evaluate(() => {
    const { postMessage } = Worker.prototype
    const counted = window as Window & { messages?: number }
    const isCounted = counted.messages !== undefined
    counted.messages = 0
    if (isCounted) return
    Worker.prototype.postMessage = function (...message: unknown[]) {
      counted.messages = (counted.messages ?? 0) + 1
      Reflect.apply(postMessage, this, message)
    }
  })
  return () => page.evaluate(() => (window as Window & { messages?: number }).messages)
}

describe('a plot', () => {
  it('U35 is traced by arrows, which speak time, value with three digits and curve; up and down change the curve; Escape leaves', async () => {
    const page = await lupus()
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
    await settled(page)
    const told = () => spoken(page, 'CAR-T cells').textContent()
    await plot(page, 'CAR-T cells').focus()
    await page.keyboard.press('Home')
    for (let k = 0; k < 20; k++) await page.keyboard.press('ArrowRight')
    await eventually(told).toMatch(/^Day 9, 106 cells per microlitre, Scenario 1$/)
    await page.keyboard.press('ArrowDown')
    await eventually(told).toMatch(/^Day 9, 106 cells per microlitre, As in the model$/)
    await page.keyboard.press('ArrowUp')
    await eventually(told).toMatch(/Scenario 1$/)
    await page.keyboard.press('Escape')
    await eventually(told).toBe('')
  })

  it('U36 has its table: caption, units and the values that are plotted, with the doses', async () => {
    const page = await lupus()
    await page.getByRole('radio', { name: 'Day 28' }).check()
    const titles = await page.locator('.panel').evaluateAll((all) => all.map((each) => each.getAttribute('data-panel')))
    for (const title of titles.filter((each) => each !== null)) {
      await plot(page, title).focus()
      await page.keyboard.press('Home')
      await eventually(() => spoken(page, title).textContent()).toMatch(/^Day/)
      const told = await spoken(page, title).textContent()
      await page.keyboard.press('t')
      const table = panel(page, title).getByRole('table').first()
      await table.waitFor()
      await eventually(() =>
        panel(page, title)
          .locator('.panel-table')
          .first()
          .evaluate((element) => element === document.activeElement),
      ).toBe(true)
      expect(await table.locator('caption').textContent()).toContain(title)
      const heads = await table.locator('thead th').allTextContents()
      expect(heads[0]).toBe('Day')
      const first = await table.locator('tbody tr').first().locator('th, td').allTextContents()
      expect(first.length).toBe(heads.length)
      // four digits there, three in speech
      const [, time, value] = /^Day (-?[\d.]+), (-?[\d.,]+)/.exec(told?.replaceAll('−', '-') ?? '') ?? []
      expect(Number(first[0])).toBe(Number(time))
      expect(Number(first[1]?.replaceAll(',', ''))).toBeCloseTo(Number(value?.replaceAll(',', '')), 0)
      const doses = await panel(page, title).locator('.dose-table tbody tr').allTextContents()
      expect(doses).toEqual([
        '−5Fludarabine 25 mg/m²',
        '−4Fludarabine 25 mg/m²',
        '−3Fludarabine 25 mg/m² and cyclophosphamide 1000 mg/m²',
        '0CD19 CAR-T cells 1e6 cells/kg',
      ])
      await page.keyboard.press('Escape')
      await eventually(() => plot(page, title).evaluate((element) => element === document.activeElement)).toBe(true)
    }
  })

  it('is shown alone by its number or its title, and all of them again by Escape', async () => {
    const page = await lupus()
    const count = await page.locator('.panel').count()
    await plot(page, 'CAR-T cells').focus()
    await page.keyboard.press('2')
    await eventually(() => page.locator('.panel').count()).toBe(1)
    await settled(page)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await eventually(() => page.locator('.panel').count()).toBe(count)
    const title = panel(page, 'CAR-T cells').getByRole('button', { name: 'CAR-T cells', exact: true })
    await title.click()
    await eventually(() => page.locator('.panel').count()).toBe(1)
    await title.click()
    await eventually(() => page.locator('.panel').count()).toBe(count)
  })

  it('U18 has a log axis of its own by L, which says how many values it leaves out, and stays through a redraw', async () => {
    const page = await lupus()
    const chip = panel(page, 'CAR-T cells').locator('.unshown-chip')
    await asTable(page, 'CAR-T cells')
    const cells = await panel(page, 'CAR-T cells').locator('.panel-table').first().locator('tbody td').allTextContents()
    await asTable(page, 'CAR-T cells')
    const none = cells.filter((text) => Number(text.replaceAll(',', '')) <= 0).length
    expect(none).toBeGreaterThan(0)
    await eventually(() => chip.textContent()).toContain(
      `${none} values are zero or below and cannot be shown on a log axis.`,
    )
    await plot(page, 'CAR-T cells').focus()
    await page.keyboard.press('l')
    await chip.waitFor({ state: 'detached' })
    const toLog = panel(page, 'CAR-T cells').getByRole('button', { name: 'CAR-T cells: linear axis, change to log' })
    await toLog.waitFor()
    await setParameter(page, 'rho', '1.8')
    await settled(page)
    await toLog.click()
    await chip.waitFor()
  })

  it('U21 has ticks at the times of doses, with the amount in text', async () => {
    const page = await lupus()
    const summary = await panel(page, 'CAR-T cells').locator('p[id].visually-hidden').textContent()
    const given = /Given: (.*)\.\s*$/.exec(summary ?? '')?.[1] ?? ''
    const times = [...given.matchAll(/day (-?[\d.]+)/g)].map(([, time]) => Number(time))
    expect(times).toEqual([-5, -4, -3, 0])
    expect(given.split('; ').every((part) => /\d/.test(part.split(' at ')[0] ?? ''))).toBe(true)
    const [low = 0, high = 1] = (await axes(page))[0] ?? []
    const box = await plot(page, 'CAR-T cells').boundingBox()
    const width = (box?.width ?? 0) - 66
    const ticks = await panel(page, 'CAR-T cells')
      .locator('.vega-host .mark-rule line')
      .evaluateAll((lines) =>
        lines
          .filter((line) => line.getAttribute('stroke-width') === '1.5' && line.getAttribute('y2') === '7')
          .map((line) => Number(/translate\(([-\d.]+)/.exec(line.getAttribute('transform') ?? '')?.[1])),
      )
    expect(ticks.length).toBe(times.length)
    for (const time of times) {
      const x = ((time - low) / (high - low)) * width
      expect(Math.min(...ticks.map((tick) => Math.abs(tick - x)))).toBeLessThan(1.5)
    }
    // what is given is named under the pointer
    const { x, y } = await placeIn(page, 'CAR-T cells', (0 - low) / (high - low), 0)
    await page.mouse.move(x, y + 2)
    await eventually(() => page.locator('.hover-card').textContent()).toContain('CD19 CAR-T cells 1e6 cells/kg')
    await page.mouse.move(0, 0)
  })
})

describe('zoom', () => {
  it('U19 by a drag is shared by all panels and stays through redraws and other scenarios; undo takes it back', async () => {
    const page = await lupus()
    const whole = await axes(page)
    await drag(page, 'CAR-T cells', [0.1, 0.5], [0.4, 0.5])
    await eventually(() => axes(page)).not.toEqual(whole)
    await settled(page)
    const zoomed = await axes(page)
    expect(new Set(zoomed.map(([low, high]) => `${low} ${high}`)).size).toBe(1)
    const ticks = page.locator('.vega-host .role-axis-label text')
    await eventually(() => ticks.allTextContents()).toContain('14')
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
    for (const title of ['B cells', 'CAR-T cells']) await asTable(page, title)
    const [one, other] = [await tableTimes(page, 'B cells'), await tableTimes(page, 'CAR-T cells')]
    expect(one).toEqual(other)
    for (const title of ['B cells', 'CAR-T cells']) await asTable(page, title)
    await plot(page, 'B cells').dblclick({ position: { x: 200, y: 60 } })
    await eventually(() => axes(page)).not.toEqual(zoomed)
    await undo(page)
    await eventually(() => axes(page)).toEqual(zoomed)
  })

  it('works by buttons, keys and the wheel with Ctrl; windows of the toolbar end it', async () => {
    const page = await lupus()
    const whole = await axes(page)
    const changes = async (act: () => Promise<unknown>): Promise<void> => {
      const before = await axes(page)
      await act()
      await eventually(() => axes(page)).not.toEqual(before)
    }
    await changes(() => page.getByRole('button', { name: 'Zoom in' }).click())
    await changes(() => page.getByRole('button', { name: 'Later times' }).click())
    await plot(page, 'CAR-T cells').focus()
    await changes(() => page.keyboard.press('+'))
    await changes(() => page.keyboard.press('Shift+ArrowLeft'))
    await changes(() => page.keyboard.press('-'))
    await changes(() => page.keyboard.press('r'))
    await page.getByRole('radio', { name: 'Day 180' }).check()
    await eventually(() => axes(page)).toEqual(whole)
    await plot(page, 'CAR-T cells').hover()
    await page.keyboard.down('Control')
    await changes(() => page.mouse.wheel(0, -200))
    await page.keyboard.up('Control')
    await page.getByRole('radio', { name: 'Day 180' }).check()
    await eventually(() => axes(page)).toEqual(whole)
  })

  it('U28 figures of the times under a drag come without a run', async () => {
    const page = await lupus()
    const messages = await countMessages(page)
    const card = page.locator('.window-card')
    await drag(page, 'CAR-T cells', [0, 0.5], [0.5, 0.5])
    await card.waitFor()
    const first = await card.locator('tbody').textContent()
    await drag(page, 'CAR-T cells', [0.5, 0.5], [0.9, 0.5])
    await eventually(() => card.locator('tbody').textContent()).not.toBe(first)
    expect(await messages()).toBe(0)
  })
})

describe('curves', () => {
  it('U22 wait to be asked where they do not follow: they fade, the reason names what changed, the button brings them up to date', async () => {
    const page = await lupus()
    const live = toolbarSwitch(page, 'Live').getByRole('checkbox')
    const drawn = () =>
      page
        .locator('.courses_marks path, path.courses_marks')
        .evaluateAll((all) => all.map((path) => path.outerHTML).join())
    const opacity = () =>
      page
        .locator('.layers')
        .first()
        .evaluate((layers) => Number(getComputedStyle(layers).opacity))
    await live.uncheck()
    const [before, messages] = [await drawn(), await countMessages(page)]
    expect(await opacity()).toBe(1)
    await setParameter(page, 'rho', '1.9')
    const strip = page.locator('.stale-strip')
    await eventually(() => strip.textContent()).toContain('Out of date: rho changed.')
    expect(await opacity()).toBeLessThan(0.5)
    expect(await page.getByText('From before rho changed.').count()).toBe(1)
    await setParameter(page, 'd_E', '0.3')
    await eventually(() => strip.textContent()).toContain('Out of date: rho, d_E changed.')
    expect(await messages()).toBe(0)
    expect((await drawn()) === before).toBe(true)
    await expectAccessible(page)
    await strip.getByRole('button', { name: 'Update' }).click()
    await strip.waitFor({ state: 'detached' })
    await settled(page)
    await eventually(async () => (await drawn()) === before).toBe(false)
    expect(await opacity()).toBe(1)
    // what is taken back is a change, too
    await undo(page)
    await eventually(() => strip.textContent()).toContain('Out of date: d_E changed.')
    await live.check()
    await strip.waitFor({ state: 'detached' })
  })
})

describe('what matters here', () => {
  it('is looked up under the pointer without a run, says what a bar means, and a bar opens the scan of its parameter', async () => {
    const page = await lupus()
    await page.getByRole('tab', { name: 'What matters' }).click()
    const card = page.locator('.influence')
    await eventually(() => card.getByRole('button').count()).toBe(8)
    await eventually(() => card.getAttribute('aria-busy')).toBe('false')
    expect(await card.textContent()).toContain('by how many per cent the value changes for 1 % more of the parameter')
    const messages = await countMessages(page)
    const bars = () => card.getByRole('listitem').allTextContents()
    const seen = new Set<string>()
    for (const across of [0.1, 0.3, 0.6]) {
      const { x, y } = await placeIn(page, 'B cells', across, 0.4)
      await page.mouse.move(x, y)
      await eventually(async () => seen.has((await bars()).join())).toBe(false)
      seen.add((await bars()).join())
    }
    expect(await messages()).toBe(0)
    await expectAccessible(page)
    const [first = ''] = await card.locator('code').allTextContents()
    await card.getByRole('button').first().click()
    await page.getByRole('tab', { name: 'Scan', selected: true }).waitFor()
    expect(await page.getByRole('tabpanel', { name: 'Scan' }).textContent()).toContain(first)
    await page.getByRole('button', { name: 'End the scan' }).click()
    await page.getByRole('tab', { name: 'Endpoints' }).click()
  })
})

describe('patients', () => {
  const highlighted = (page: Page): Promise<(string | undefined)[]> =>
    page.locator('.selected-canvas').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['selected']))

  it('that are virtual are selected by a click, a box or keys, stand out in all panels, are named and spoken; Escape clears', async () => {
    const page = await lupus()
    const steps = await undoButton(page).getAttribute('aria-label')
    await toolbarSwitch(page, 'Patients').getByRole('checkbox').check()
    await eventually(() => toolbarSwitch(page, 'Patients').textContent()).toMatch(/[1-9]00 of 1000, seed 1/)
    const card = page.getByRole('region', { name: 'Selected patients' })
    const live = page.getByRole('status').filter({ hasText: /^Selected:/ })

    // where the thick curve runs, others do
    await plot(page, 'CAR-T cells').focus()
    await page.keyboard.press('Home')
    for (let k = 0; k < 30; k++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowUp')
    await card.waitFor()
    await eventually(async () => (await highlighted(page)).every((each) => /^\d+$/.test(each ?? ''))).toBe(true)
    const [one] = await highlighted(page)
    expect(new Set(await highlighted(page))).toEqual(new Set([one]))
    expect(await card.getByRole('heading').textContent()).toBe(`Virtual patient ${one}`)
    await eventually(() => live.textContent()).toContain(`Selected: Virtual patient ${one}.`)
    expect(await card.getByRole('row').filter({ hasText: /^rho/ }).count()).toBe(1)
    await page.keyboard.press('Shift+ArrowUp')
    await eventually(async () => (await highlighted(page))[0]).not.toBe(one)

    await page.keyboard.press('Escape')
    await eventually(() => card.count()).toBe(0)
    await page.keyboard.down('Shift')
    await drag(page, 'CAR-T cells', [0.25, 0.05], [0.3, 0.95])
    await page.keyboard.up('Shift')
    await card.waitFor()
    await eventually(async () => (await highlighted(page)).every((each) => each?.includes(','))).toBe(true)
    const [many = ''] = await highlighted(page)
    const count = many.split(',').length
    expect(count).toBeGreaterThan(50)
    expect(new Set(await highlighted(page))).toEqual(new Set([many]))
    expect(await card.getByRole('heading').textContent()).toMatch(new RegExp(`^${count} virtual patients: .* more$`))
    await expectAccessible(page)

    // a click takes the nearest alone, a click with Shift one of them away
    const { x, y } = await placeIn(page, 'B cells', 0.02, 0.1)
    await page.mouse.click(x, y)
    await eventually(async () => (await highlighted(page))[0]).toMatch(/^\d+$/)
    await card.getByRole('button', { name: 'Clear' }).click()
    await eventually(() => highlighted(page)).toEqual(['', '', '', ''])
    // none of this is a step
    expect(await undoButton(page).getAttribute('aria-label')).toBe(steps)

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
    await eventually(painted).toBe(true)
    await toolbarSwitch(page, 'Patients').getByRole('checkbox').uncheck()
    await eventually(painted).toBe(false)
  })

  it('U20 of the data: points are the rows that are not below quantification, triangles those that are, on the line, and both in the legend', async () => {
    const page = await patients()
    const file = await readFile(join(import.meta.dirname, '../../examples/car-t-individuals/patients.csv'), 'utf8')
    const values = file
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .filter(([, , , kind]) => kind === '1')
      .map(([, , value]) => Number(value))
    const below = values.filter((value) => value < 50).length
    const observed = page.locator('.observed_marks path, path.observed_marks')
    const triangles = page.locator('.below_marks path, path.below_marks')
    await eventually(() => observed.count()).toBe(values.length - below)
    expect(await triangles.count()).toBe(below)
    const heights = await triangles.evaluateAll((all) =>
      all.map((path) => path.getAttribute('transform')?.split(',')[1]),
    )
    const line = await page.locator('.limits_marks line, line.limits_marks').getAttribute('transform')
    expect(new Set(heights).size).toBe(1)
    expect(Number.parseFloat(heights[0] ?? '')).toBeCloseTo(Number.parseFloat(line?.split(',')[1] ?? 'NaN'), 6)
    expect(await page.locator('.limitNames_marks text').textContent()).toBe(`LLOQ 50, ${below} below`)
    const legend = page.locator('.observed-legend')
    expect(await legend.locator('[data-kind="observed"]').textContent()).toBe(`observed ${values.length - below}`)
    expect(await legend.locator('[data-kind="below"]').textContent()).toBe(`below LLOQ ${below}`)
    expect(await page.getByTestId('data-counts').textContent()).toContain(`${below} below LLOQ`)

    // what stands under the pointer: subject, time, value, row
    const box = await observed.first().boundingBox()
    if (!box) throw new Error('no mark')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await eventually(() => page.locator('.hover-card').textContent()).toMatch(
      /Subject P\d\d.*day \d+.*copies\/µg.*patients\.csv, row \d+/,
    )
  })

  it('of the data are selected by a click on a value or by keys', async () => {
    const page = await patients()
    const card = page.getByRole('region', { name: 'Selected patients' })
    const box = await page.locator('.observed_marks path, path.observed_marks').first().boundingBox()
    if (!box) throw new Error('no mark')
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
    await eventually(() => highlighted(page)).toEqual([expect.stringMatching(/^P\d\d$/)])
    const [one] = await highlighted(page)
    expect(await card.getByRole('heading').textContent()).toBe(`Subject ${one}`)
    await page.keyboard.press('Shift+ArrowUp')
    await eventually(() => highlighted(page)).not.toEqual([one])
    await page.keyboard.press('Escape')
    await eventually(() => card.count()).toBe(0)
  })

  it('come as bands when the sliders rest, with their number and seed, and again after a change', async () => {
    const page = await patients()
    await page.getByRole('tab', { name: 'Parameters', exact: true }).click()
    const control = toolbarSwitch(page, 'Bands')
    await control.getByRole('checkbox').check()
    await eventually(() => control.textContent()).toContain('n = 200, seed 1')
    const bands = () =>
      page.locator('.vega-host .mark-area path[d]').evaluateAll((all) => all.map((each) => each.getAttribute('d')))
    await eventually(async () => (await bands()).length).toBe(2)
    const before = await bands()
    await setParameter(page, 'Cmax', '30000')
    await eventually(bands).not.toEqual(before)
    await eventually(() => control.textContent()).toContain('n = 200, seed 1')
  })
})

it('have caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
