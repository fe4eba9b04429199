import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { asOpened } from './as-opened.ts'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

/** Waits as long as a busy machine needs. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 })

const setParameter = async (page: Page, name: string, value: string): Promise<void> => {
  await page.getByLabel(new RegExp(`^${name}, .*value`)).fill(value)
  await page.keyboard.press('Enter')
}

const pin = (page: Page): Promise<void> => page.getByRole('button', { name: 'Pin as scenario' }).click()
const chips = (page: Page) => page.locator('.scenario-chip')
const chip = (page: Page, name: string) => chips(page).filter({ hasText: name })
const panel = (page: Page, title: string) => page.locator(`[data-panel="${title}"]`)
const undo = (page: Page): Promise<void> => page.getByRole('button', { name: /^Undo/ }).click()
const redo = (page: Page): Promise<void> => page.getByRole('button', { name: /^Redo/ }).click()

const opened: { page?: Promise<Page> } = {}

/** The lupus model as it is opened, on one page: what a test has changed is taken back. */
async function lupus(): Promise<Page> {
  opened.page ??= openPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  return asOpened(await opened.page)
}

/** Names of the columns of the endpoints table, with those of the scenarios. */
const columns = (page: Page): Promise<string[]> => page.locator('.endpoints thead th.number').allTextContents()

/** How curves of a panel are drawn, by their sample in the legend. */
const samples = (page: Page, title: string): Promise<{ name: string; colour: string; dash: string }[]> =>
  panel(page, title)
    .locator('.legend [aria-label="Scenarios"] li')
    .evaluateAll((entries) =>
      entries.map((entry) => ({
        name: entry.textContent,
        colour: entry.querySelector('line')?.getAttribute('stroke') ?? '',
        dash: entry.querySelector('line')?.getAttribute('stroke-dasharray') ?? '',
      })),
    )

/** Strokes of the curves that Vega has drawn of a panel: those beside the active one, then the active one. */
const strokes = (page: Page, title: string): Promise<{ colour: string; dash: string; width: string }[]> =>
  panel(page, title)
    .locator('.others_marks path, path.others_marks, .courses_marks path, path.courses_marks')
    .evaluateAll((paths) =>
      paths.map((path) => ({
        colour: path.getAttribute('stroke') ?? '',
        dash: (path.getAttribute('stroke-dasharray') ?? '').replace(/^0$/, ''),
        width: path.getAttribute('stroke-width') ?? '',
      })),
    )

/** Texts that stand at the ends of a panel's curves. */
const endLabels = (page: Page, title: string): Promise<string[]> =>
  panel(page, title).locator('.labels_marks text').allTextContents()

/** Pins `count` scenarios of different doses, one after the other. */
async function pinDoses(page: Page, count: number): Promise<void> {
  for (let k = 0; k < count; k++) {
    await setParameter(page, 'dose', String(2e5 * (k + 1)))
    await pin(page)
  }
}

describe('a scenario', () => {
  it('U15 is pinned: its chip, legend, end label and table column appear, with a dash of its own', async () => {
    const page = await lupus()
    await settled(page)
    await setParameter(page, 'dose', '2e5')
    await settled(page)
    await pin(page)
    await eventually(() => chips(page).count()).toBe(2)
    await chip(page, 'dose = 2e5').waitFor()
    await setParameter(page, 'dose', '3e6')
    await settled(page)
    const drawn = await samples(page, 'CAR-T cells')
    expect(drawn.map(({ name }) => name)).toEqual(['Scenario 1', 'dose = 2e5'])
    expect(new Set(drawn.map(({ dash }) => dash)).size).toBe(2)
    expect(new Set(drawn.map(({ colour }) => colour)).size).toBe(2)
    await eventually(() => endLabels(page, 'CAR-T cells')).toEqual(expect.arrayContaining(['Scenario 1', 'dose = 2e5']))
    expect(await columns(page)).toEqual(['Scenario 1', 'dose = 2e5', 'Model’s values'])
    const curves = await strokes(page, 'CAR-T cells')
    expect(curves.map(({ width }) => Number(width))).toEqual([1.5, 2.25])
    expect(curves.map(({ dash }) => dash !== '')).toEqual([true, false])
  })

  it('U15 is pinned by P while a plot has the focus, and by nothing else', async () => {
    const page = await lupus()
    await page.locator('.plot').first().focus()
    await page.keyboard.press('p')
    await eventually(() => chips(page).count()).toBe(2)
    await page.getByRole('searchbox').fill('p')
    await page.getByRole('button', { name: 'Pin as scenario' }).focus()
    await page.keyboard.press('p')
    expect(await chips(page).count()).toBe(2)
    await page.getByRole('searchbox').fill('')
  })

  it('U16 five of them differ in colour and dash; a sixth brings small plots side by side, with a notice', async () => {
    const page = await lupus()
    await pinDoses(page, 4)
    await setParameter(page, 'dose', '5e6')
    await settled(page)
    await eventually(async () => (await strokes(page, 'B cells')).length).toBe(5)
    const curves = await strokes(page, 'B cells')
    for (const key of ['colour', 'dash'] as const) expect(new Set(curves.map((curve) => curve[key])).size).toBe(5)
    const shown = await samples(page, 'B cells')
    for (const key of ['colour', 'dash'] as const) expect(new Set(shown.map((sample) => sample[key])).size).toBe(5)
    expect(await page.locator('.multiples').count()).toBe(0)

    await pin(page)
    await page.getByRole('status').filter({ hasText: '6 scenarios are drawn side by side' }).waitFor()
    await eventually(() => panel(page, 'B cells').locator('[data-cell]').count()).toBe(6)
    await eventually(() => panel(page, 'B cells').locator('.multiples-curve[d*=L]').count()).toBe(6)
    await expectAccessible(page)
    await chips(page)
      .first()
      .getByRole('button', { name: /^Draw / })
      .click()
    await settled(page)
    expect(await page.locator('.multiples').count()).toBe(0)
  })

  it('U17 as a difference: the reference is exactly 1 as a ratio and exactly 0 as a difference', async () => {
    const page = await lupus()
    await pinDoses(page, 1)
    await setParameter(page, 'dose', '3e6')
    await settled(page)
    await page.getByLabel('Compare').selectOption('difference')
    await page.getByLabel('Reference', { exact: true }).selectOption('dose = 2e5')
    for (const [kind, exactly] of [
      ['ratio', 1],
      ['delta', 0],
    ] as const) {
      await page.getByLabel('Kind of difference').selectOption(kind)
      await settled(page)
      await page.locator('.plot').first().focus()
      await eventually(() => panel(page, 'B cells').locator('.labels_marks text').allTextContents()).toContain(
        'dose = 2e5',
      )
      // a straight line at one height: the axis is the only thing between its pixels and the value
      const line = await panel(page, 'B cells')
        .locator('.plot')
        .evaluate((plot) => {
          const path = [...plot.querySelectorAll('.vega-host path[stroke-width="1.5"]:not([stroke-dasharray])')].find(
            (each) => (each.getAttribute('d')?.match(/L/g)?.length ?? 0) > 5,
          )
          const heights = (path?.getAttribute('d') ?? '').match(/,[^LM]+/g) ?? []
          return [...new Set(heights.map((text) => Number(text.slice(1))))]
        })
      expect(line.length).toBe(1)
      const tick = await panel(page, 'B cells')
        .locator('.vega-host .role-axis-label text')
        .evaluateAll((labels, text) => {
          // those of the value axis stand left of the plot
          const places = labels
            .filter((label) => label.textContent === text)
            .map((label) => (label.getAttribute('transform')?.match(/-?[\d.]+/g) ?? []).map(Number))
          return places.find(([x = 0]) => x < 0)?.[1] ?? Number.NaN
        }, String(exactly))
      // labels stand 3.5 pixels below their tick
      expect(Math.abs((line[0] ?? 0) - tick)).toBeLessThan(5)
    }
  })

  it('U10 pinning, naming, hiding and removing are steps that are taken back and brought again', async () => {
    const page = await lupus()
    const state = () =>
      chips(page).evaluateAll((all) =>
        all.map(
          (each) => `${each.textContent} ${each.hasAttribute('data-active')} ${each.hasAttribute('data-hidden')}`,
        ),
      )
    const first = await state()
    const seen = [first]
    const step = async (act: () => Promise<unknown>): Promise<void> => {
      const before = JSON.stringify(await state())
      await act()
      await eventually(async () => JSON.stringify(await state())).not.toBe(before)
      seen.push(await state())
    }
    const choose = async (name: string, item: string): Promise<void> => {
      await page.getByRole('button', { name: `More about ${name}`, exact: true }).click()
      await page.getByRole('button', { name: item, exact: true }).click()
    }
    await step(() => pin(page))
    await step(async () => {
      await choose('As in the model', 'Rename')
      await page.getByLabel('New name of As in the model').fill('Base case')
      await page.keyboard.press('Enter')
    })
    await step(() => page.getByRole('button', { name: 'Draw Base case' }).click())
    await step(() => choose('Base case', 'Duplicate'))
    await step(() => choose('Base case (2)', 'Make reference'))
    await step(() => choose('Scenario 1', 'Remove'))
    await step(() => page.getByRole('button', { name: /^Base case$/, pressed: false }).click())
    for (const wanted of seen.toReversed().slice(1)) {
      await undo(page)
      await eventually(state).toEqual(wanted)
    }
    for (const wanted of seen.slice(1)) {
      await redo(page)
      await eventually(state).toEqual(wanted)
    }
  })

  it('U11 a drag between two pins is one step', async () => {
    const page = await lupus()
    await settled(page)
    await pin(page)
    const slider = page.locator('#parameter-rho')
    await slider.scrollIntoViewIfNeeded()
    const box = await slider.boundingBox()
    if (!box) throw new Error('no slider')
    const y = box.y + box.height / 2
    await page.mouse.move(box.x + box.width / 2, y)
    await page.mouse.down()
    for (let k = 1; k <= 10; k++) await page.mouse.move(box.x + box.width / 2 + 3 * k, y)
    await page.mouse.up()
    await pin(page)
    await eventually(() => chips(page).count()).toBe(3)
    const value = () => page.getByLabel(/^rho, .*value/).inputValue()
    expect(await value()).not.toBe('1.6')
    await undo(page)
    await eventually(() => chips(page).count()).toBe(2)
    await undo(page)
    await eventually(value).toBe('1.6')
    expect(await chips(page).count()).toBe(2)
  })
})

describe('scenarios', () => {
  it('stand in one row where there are three, and have bands of their own side by side', async () => {
    const page = await lupus()
    await page.getByLabel('Preset').selectOption('stein-2019')
    await page.getByRole('heading', { level: 1, name: /^Tisagenlecleucel/ }).waitFor()
    for (const value of ['20000', '40000']) {
      await setParameter(page, 'Cmax', value)
      await pin(page)
    }
    await eventually(() => chips(page).count()).toBe(3)
    const places = await page
      .locator('.scenario-chip, .scenario-strip > .button, .scenario-strip select')
      .evaluateAll((all) =>
        all.filter((each) => each.checkVisibility()).map((each) => each.getBoundingClientRect().top),
      )
    expect(Math.max(...places) - Math.min(...places)).toBeLessThan(8)

    await page.getByLabel('Compare').selectOption('multiples')
    const bands = page.locator('.toolbar-switch').filter({ hasText: 'Bands' })
    await bands.getByRole('checkbox').check()
    await eventually(() => page.locator('[data-cell] .multiples-bands').count()).toBe(3)
    await eventually(() => bands.textContent()).toMatch(/n = 200, seed 1$/)
    const upper = await page
      .locator('[data-cell] .multiples-bands')
      .evaluateAll((all) => all.map((each) => each.querySelector('path')?.getAttribute('d') ?? ''))
    expect(upper.every((path) => path.includes('L'))).toBe(true)
    // another value has another band; the active scenario is a copy of the last one that was pinned
    expect(new Set(upper).size).toBe(2)
    await bands.getByRole('checkbox').uncheck()
    await eventually(() => page.locator('.multiples-bands').count()).toBe(0)
  })

  it('that the library has are ready-made, one by one or all at once', async () => {
    const page = await lupus()
    await page.getByRole('button', { name: 'Ready-made' }).click()
    await page.getByRole('button', { name: /^Rituximab 1000 mg/ }).click()
    await eventually(() => chips(page).count()).toBe(2)
    await settled(page)
    expect((await columns(page))[1]).toMatch(/^Rituximab/)
    const peak = page.locator('.endpoints tbody tr').filter({ hasText: 'Peak CAR-T cells' }).locator('td')
    await eventually(async () => (await peak.allTextContents())[1]).toMatch(/^0/)
    await undo(page)
    await page.getByRole('button', { name: 'Ready-made' }).click()
    await page.getByRole('button', { name: /^All \d/ }).click()
    await eventually(() => chips(page).count()).toBe(6)
  })

  it('give one table, which is copied with its differences', async () => {
    const page = await lupus()
    await pinDoses(page, 1)
    await setParameter(page, 'dose', '1e6')
    await settled(page)
    await page.getByRole('button', { name: 'More about dose = 2e5' }).click()
    await page.getByRole('button', { name: 'Make reference' }).click()
    await page.getByRole('button', { name: 'Copy table' }).click()
    await page.getByText('Copied').waitFor()
    const rows = (await page.evaluate(() => navigator.clipboard.readText())).split('\n').map((row) => row.split('\t'))
    expect(rows[0]).toEqual(['Endpoint', 'Unit', 'Scenario 1', 'Scenario 1 minus dose = 2e5', 'dose = 2e5'])
    expect(rows.length).toBe((await page.locator('.endpoints tbody tr').count()) + 1)
    for (const row of rows.slice(1)) {
      const [to, difference, from] = row.slice(2).map(Number)
      if (row.slice(2).every((text) => text !== '')) expect(difference).toBe((to ?? 0) - (from ?? 0))
    }
  })

  it('that are pinned leave the live curve to the sliders', async () => {
    const page = await lupus()
    await pinDoses(page, 3)
    await settled(page)
    const pinned = () =>
      page
        .locator('.others_marks path, path.others_marks')
        .evaluateAll((all) => all.map((each) => each.outerHTML).join())
    const before = await pinned()
    // no change event: the hand is still on the slider
    await page.locator('#parameter-rho').evaluate((slider: HTMLInputElement) => {
      performance.clearMeasures('slider-to-pixels')
      slider.value = '0.4'
      slider.dispatchEvent(new Event('input', { bubbles: true }))
    })
    await eventually(() => page.evaluate(() => performance.getEntriesByName('slider-to-pixels').length)).toBe(1)
    expect((await pinned()) === before).toBe(true)
  })
})

describe('presets', () => {
  it('are found by their purpose, with their source, and opened', async () => {
    const page = await lupus()
    await page.getByRole('button', { name: 'Browse' }).click()
    const presets = page.getByRole('dialog', { name: 'Presets' })
    await presets.getByLabel('Search presets').fill('tisagenlecleucel kinetics')
    const choice = presets.getByRole('button', { name: /^Tisagenlecleucel cellular kinetics/ })
    await choice.filter({ hasText: 'Stein' }).waitFor()
    await expectAccessible(page)
    await choice.first().click()
    await page.getByRole('heading', { level: 1, name: /^Tisagenlecleucel/ }).waitFor()
    await settled(page)
    await undo(page)
    await page.getByRole('heading', { level: 1, name: 'CD19 CAR-T cells in lupus' }).waitFor()
  })
})

it('have caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
