import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import {
  addAccessChecks,
  contrastProblems,
  movingParts,
  overlapProblems,
  targetProblems,
  unseenControls,
} from './access-checks.ts'
import { runCommand } from './commands.ts'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

const openPreset = async (page: Page, title: string): Promise<void> => {
  await runCommand(page, `Open ${title}`)
  await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
  await settled(page)
}

/** A mark of the timeline is moved by the boxes of its dose, too, which are as large as a finger. */
const withoutMarks = (found: readonly string[]): readonly string[] =>
  found.filter((text) => !text.startsWith('div.timeline-mark'))

/** Fails with what is still found after a while: what the page shows follows what it is told a moment later. */
async function expectNone(find: () => Promise<readonly string[]>, message: string): Promise<void> {
  const end = performance.now() + 15_000
  for (;;) {
    const found = await find()
    if (found.length > 0 && performance.now() < end) continue
    expect(found, message).toEqual([])
    return
  }
}

/** Nothing is found by axe, no contrast is too small, no target and no text over another. */
async function expectGood(page: Page, state: string, target = 24): Promise<void> {
  await expectAccessible(page)
  await expectNone(() => contrastProblems(page), state)
  await expectNone(async () => withoutMarks(await targetProblems(page, target)), state)
  await expectNone(() => overlapProblems(page), state)
}

/** Starts the fit and pauses it at once, for it takes a second or two. */
const fitAndPause = async (page: Page): Promise<void> => {
  await page.locator('.fit .button.primary:not([aria-disabled=true])').waitFor()
  await page.evaluate(async () => {
    const find = (name: string) =>
      [...document.querySelectorAll<HTMLElement>('.fit button')].find((one) => one.textContent === name)
    find('Fit')?.click()
    while (!find('Pause')) await new Promise(requestAnimationFrame)
    find('Pause')?.click()
  })
  await page.locator('.fit-status', { hasText: /^Paused/ }).waitFor()
}

describe('what everybody can use', () => {
  it('U33 U37 axe finds nothing, contrasts and targets hold: empty, dialog, error, data, fit running, result, dark, mobile', async () => {
    const page = await openPage()
    await addAccessChecks(page)
    await settled(page)
    await expectGood(page, 'empty')

    await page.keyboard.press('Control+k')
    await page.locator('.command').first().waitFor()
    await expectGood(page, 'dialog of commands')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Help and keys' }).click()
    await page.getByRole('dialog', { name: 'Help' }).waitFor()
    await expectGood(page, 'dialog of help')
    await page.keyboard.press('Escape')

    const box = page.locator('[data-parameter=WT] .number-box')
    await box.fill('abc')
    await page.keyboard.press('Enter')
    await page.locator('[data-parameter=WT]').getByRole('alert').waitFor()
    await expectGood(page, 'error')
    await page.keyboard.press('Escape')

    await openPreset(page, 'Tisagenlecleucel cellular kinetics (Stein 2019)')
    await runCommand(page, 'Use example data')
    await page.getByRole('tabpanel', { name: 'Data' }).getByText('patients.csv').first().waitFor()
    await settled(page)
    await expectGood(page, 'data')

    await runCommand(page, 'Show Fit')
    await fitAndPause(page)
    await expectGood(page, 'fit running')
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Fit again' }).waitFor()
    await page.getByRole('button', { name: 'P03' }).click()
    await page.locator('.estimates').waitFor()
    await expectGood(page, 'result')

    await page.emulateMedia({ colorScheme: 'dark' })
    await expectGood(page, 'dark')
    await page.setViewportSize({ width: 390, height: 844 })
    await settled(page)
    await expectGood(page, 'mobile, dark', 44)
    await page.emulateMedia({ colorScheme: 'light' })
    for (const tab of ['Regimen', 'Data', 'Run and view', 'Parameters', 'What matters', 'Runs', 'Endpoints']) {
      await runCommand(page, `Show ${tab}`)
      await expectNone(async () => withoutMarks(await targetProblems(page, 44)), tab)
      await expectNone(() => contrastProblems(page), tab)
    }
    await page.context().close()
  }, 240_000)

  it('U38 nothing moves by itself where motion is to be reduced; all controls are seen in the colours of the system', async () => {
    const page = await openPage({ reducedMotion: 'reduce', forcedColors: 'active' })
    await addAccessChecks(page)
    await settled(page)
    expect(await movingParts(page)).toEqual([])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page
        .locator('[data-parameter=WT]')
        .getByRole('button', { name: /^More on WT/ })
        .click()
      await expectNone(() => unseenControls(page), colorScheme)
    }
    for (const tab of ['Regimen', 'Data', 'Fit']) {
      await runCommand(page, `Show ${tab}`)
      await expectNone(() => unseenControls(page), tab)
    }
    await page.keyboard.press('Control+k')
    await page.locator('.command').first().waitFor()
    expect(await unseenControls(page)).toEqual([])
    expect(await movingParts(page)).toEqual([])
    await page.context().close()
  })

  it('U39 from 320 to 2560 pixels and at 400 % no text lies over another and the page does not scroll sideways', async () => {
    const page = await openPage()
    await addAccessChecks(page)
    await openPreset(page, 'CD19 CAR-T cells in lymphoma')
    await runCommand(page, 'Pin as scenario')
    await page.locator('#parameter-rho').press('PageUp')
    await page.locator('.scenario-chip').nth(1).waitFor()
    const sizes = [
      [2560, 1440],
      [1440, 900],
      [1024, 768],
      [900, 700],
      [768, 1024],
      [390, 844],
      [320, 640],
      // 1280 × 1024 at 400 %
      [320, 256],
    ] as const
    for (const [width, height] of sizes) {
      const message = `${width} × ${height}`
      await page.setViewportSize({ width, height })
      await settled(page)
      await expectNone(() => overlapProblems(page), message)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), message).toBeLessThanOrEqual(width)
    }
    await page.context().close()
  })

  it('U39 the plot stays in view while sliders scroll at 390 pixels', async () => {
    const page = await openPage({ viewport: { width: 390, height: 844 }, hasTouch: true })
    await settled(page)
    for (const name of ['WT', 'rho', 'f_mem_prod']) {
      const slider = page.locator(`#parameter-${name}`)
      await slider.focus()
      const plot = await page.locator('.plot').first().boundingBox()
      const thumb = await slider.boundingBox()
      if (!plot || !thumb) throw new Error('the plot or the slider is not there')
      expect(plot.y, name).toBeGreaterThanOrEqual(0)
      expect(thumb.y, name).toBeGreaterThanOrEqual(plot.y + plot.height)
      expect(thumb.y + thumb.height, name).toBeLessThanOrEqual(844)
    }
    // it is 40 % of the height at most, and the other panels are beside it
    const row = await page.locator('.plots').boundingBox()
    expect(row?.y).toBe(0)
    expect(row?.height).toBeLessThanOrEqual(0.41 * 844)
    await page.locator('.plots').evaluate((plots) => plots.scrollTo({ left: plots.scrollWidth }))
    await expect
      .poll(async () => (await page.locator('.panel').last().boundingBox())?.x ?? Number.POSITIVE_INFINITY)
      .toBeLessThan(60)
    await page.context().close()
  })
})

describe('a screen reader', () => {
  it('is told one heading, landmarks, the name of the project, and each plot in words that follow the curves', async () => {
    const page = await openPage()
    await settled(page)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const first = page.getByRole('application', { name: /^CAR-T cells/ })
    expect(await first.evaluate((plot) => plot === document.activeElement)).toBe(true)
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
    for (const landmark of ['banner', 'main', 'contentinfo'] as const)
      expect(await page.getByRole(landmark).count(), landmark).toBe(1)
    const sides = page.getByRole('complementary')
    expect(await sides.evaluateAll((found) => found.map((side) => side.getAttribute('aria-label')))).toEqual([
      'Parameters, regimen, model, data and view',
      'Endpoints and fit',
    ])
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    expect(await page.title()).toBe('CD19 CAR-T cells in lupus – cartkin')
    await page.getByRole('button', { name: /^Project/ }).click()
    await page.getByLabel('Name', { exact: true }).fill('First cohort')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.title()).toBe('First cohort – cartkin')
    await page.keyboard.press('Escape')

    const summaries = (): Promise<string[]> =>
      page
        .locator('.plot')
        .evaluateAll((plots) =>
          plots.map((plot) => document.getElementById(plot.getAttribute('aria-describedby') ?? '')?.textContent ?? ''),
        )
    const before = await summaries()
    expect(before).toHaveLength(4)
    expect(before[0]).toMatch(/^CAR-T cells, cells per .*highest 109 at day 8/)
    await page.locator('#parameter-rho').press('PageDown')
    await expect.poll(async () => (await summaries())[0]).not.toBe(before[0])
    await expect.poll(async () => (await summaries())[0]).toMatch(/^CAR-T cells, cells per .*highest/)
    await page.context().close()
  })
})

it('U2 has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
