import { libraryModel } from '@cartkin/cart-models'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

/** For what is computed. */
const slow = { timeout: 20_000 }

const openRegimen = async (page: Page, id?: string): Promise<void> => {
  if (id !== undefined) {
    const { title } = libraryModel(id)
    await page.getByLabel('Preset').selectOption({ label: title })
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    await settled(page)
  }
  await page.getByRole('tab', { name: 'Regimen' }).click()
  await page.getByRole('region', { name: 'Regimen' }).waitFor()
}
const add = async (page: Page, name: RegExp): Promise<void> => {
  await page.getByRole('button', { name: 'Add ▾' }).click()
  await page.getByRole('button', { name }).click()
}
const type = async (page: Page, name: string | RegExp, text: string): Promise<void> => {
  await page.getByRole('textbox', { name }).fill(text)
  await page.keyboard.press('Enter')
}
const days = (page: Page): Promise<readonly string[]> =>
  page
    .getByLabel(/^Day of /)
    .evaluateAll((boxes) => boxes.map((box) => (box instanceof HTMLInputElement ? box.value : '')))
const undo = (page: Page) => page.getByRole('button', { name: /^Undo: / })
const lastStep = (page: Page): Promise<string | null> => undo(page).getAttribute('aria-label')
const peak = (page: Page): Promise<string | null> =>
  page.locator('.endpoints tbody tr').first().locator('td').first().textContent()

describe('the regimen', () => {
  it('is any of the library for the model, or none', async () => {
    const page = await openPage()
    await openRegimen(page)
    const menu = page.getByRole('combobox', { name: 'Regimen' })
    const { regimen, scenarios = [] } = libraryModel('lupus-qsp')
    const titles = await menu.locator('option').allTextContents()
    for (const { name, doses } of [regimen, ...scenarios.map((scenario) => scenario.regimen)])
      if (doses.length > 0) expect(titles.some((title) => title.startsWith(name))).toBe(true)
    const before = await peak(page)
    await menu.selectOption(titles.at(-1) ?? '')
    await page.getByText('nothing is given').waitFor()
    await expect.poll(() => peak(page), slow).not.toBe(before)
    expect(await page.getByText(/^This model takes Fludarabine,/).count()).toBe(1)
    await menu.selectOption(regimen.name)
    await expect.poll(() => peak(page), slow).toBe(before)
    await page.context().close()
  })

  it('is dragged along the timeline, a drag being one step with the name of what was moved', async () => {
    const page = await openPage()
    await openRegimen(page)
    expect(await days(page)).toEqual(['-5', '-4', '-3', '0'])
    const mark = page.getByRole('slider', { name: 'CD19 CAR-T cells', exact: true })
    const axis = await page.locator('.timeline-axis').boundingBox()
    const span = await page
      .locator('.timeline')
      .evaluate((element) => Number(element.dataset['high']) - Number(element.dataset['low']))
    const box = await mark.boundingBox()
    const [x, y] = [(box?.x ?? 0) + 12, (box?.y ?? 0) + 12]
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let k = 1; k <= 10; k++) await page.mouse.move(x + (((axis?.width ?? 0) / span) * 3 * k) / 10, y)
    await page.mouse.up()
    expect(await days(page)).toEqual(['-5', '-4', '-3', '3'])
    expect(await lastStep(page)).toBe('Undo: Move CD19 CAR-T cells to day 3')
    await undo(page).click()
    expect(await days(page)).toEqual(['-5', '-4', '-3', '0'])
    expect(await lastStep(page)).toBe('Undo: nothing to take back')
    await page.context().close()
  })

  it('is changed without a drag: arrows on a mark, buttons, a typed day, all of a drug at once', async () => {
    const page = await openPage()
    await openRegimen(page)
    await page.getByRole('slider', { name: 'fludarabine, dose 1 of 2' }).press('ArrowLeft')
    expect(await lastStep(page)).toBe('Undo: Move fludarabine to day -6')
    expect(await page.getByRole('slider', { name: 'fludarabine, dose 1 of 2' }).getAttribute('aria-valuetext')).toBe(
      'day −6',
    )
    await page.getByRole('button', { name: 'Later: Day of fludarabine, dose 1 of 2' }).click()
    await page.getByRole('button', { name: 'Earlier: all of fludarabine' }).click()
    expect(await days(page)).toEqual(['-6', '-5', '-3', '0'])
    await type(page, 'Day of CD19 CAR-T cells', '2')
    expect(await days(page)).toEqual(['-6', '-5', '-3', '2'])
    for (const [typed, problem] of [
      ['-30', 'The run begins at -10; -30 is before that.'],
      ['1,5', 'comma'],
      ['', 'Type a time'],
    ] as const) {
      await type(page, 'Day of CD19 CAR-T cells', typed)
      await page.getByRole('alert').getByText(problem).waitFor()
    }
    expect(
      await page.getByRole('slider', { name: 'CD19 CAR-T cells', exact: true }).getAttribute('aria-valuetext'),
    ).toBe('day 2')
    await page.context().close()
  })

  it('has amounts with units, by weight and by surface, and infusions in parts', async () => {
    const page = await openPage()
    await openRegimen(page, 'lupus-flu-cy')
    const amount = page.getByLabel('Amount of fludarabine, dose 1 of 3')
    expect(await amount.inputValue()).toBe('25 mg/m²')
    await amount.fill('30 mg/m2')
    await page.keyboard.press('Enter')
    await expect.poll(() => amount.inputValue()).toBe('30 mg/m²')
    await amount.fill('30 mg/m3')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('alert').count()).toBe(1)
    await amount.press('Escape')
    await page.getByRole('button', { name: 'More on CD19 CAR-T cells' }).click()
    await type(page, /^Shares of CD19 CAR-T cells/, '10, 30')
    await page.getByRole('alert').getByText('The shares make 40 %, not 100 %.').waitFor()
    await type(page, /^Shares of CD19 CAR-T cells/, '10, 30, 60')
    expect(await lastStep(page)).toBe('Undo: Split CD19 CAR-T cells in 3')
    expect((await days(page)).slice(-3)).toEqual(['0', '1', '2'])
    expect(await page.getByLabel('Amount of CD19 CAR-T cells, dose 3 of 3').inputValue()).toBe('0.6')
    await page.context().close()
  })

  it('says what a model takes where it takes no such drug', async () => {
    const page = await openPage()
    await openRegimen(page, 'stein-2019')
    await page.getByText('A dose can go into any of its states: E, M.').waitFor()
    await openRegimen(page, 'fludarabine')
    await page.getByText('This model has no state that takes tocilizumab or dexamethasone').waitFor()
    await page.context().close()
  })
})

describe('a rule', () => {
  it('is added, decides while the model runs, and says when it gave', async () => {
    const page = await openPage()
    await openRegimen(page)
    await add(page, /^Tocilizumab at fever/)
    const rule = page.locator('[data-rule=tocilizumab]')
    await rule.getByText(/^Given once: day 6.96/).waitFor()
    expect(await page.locator('[data-decided=tocilizumab] .timeline-tick').count()).toBe(1)
    expect(await rule.getByLabel('When').inputValue()).toBe('TEMP >= 38 for 12 h')
    await rule.getByLabel('When').fill('TEMP >= 38')
    await page.keyboard.press('Enter')
    await rule.getByText(/^Given .*: day 6\.4/).waitFor()
    await settled(page)
    await expectAccessible(page)
    await page.context().close()
  })

  it('has its errors in place, and the last one without errors stays in use', async () => {
    const page = await openPage()
    await openRegimen(page, 'oncology-crs-care')
    await add(page, /^Tocilizumab at grade 2/)
    const rule = page.locator('[data-rule=tocilizumab]')
    await rule.getByText(/^(Given|Decided)/).waitFor()
    await rule.getByLabel('When').fill('TMP >= 38')
    await rule.getByLabel('When').press('Enter')
    await rule.getByRole('alert').getByText('did you mean TEMP').waitFor()
    await rule.getByText('The rule as it last was without errors is in use.').waitFor()
    await rule.getByLabel('Give').fill('tocilizumab 8 mg/kg into toc_bloot')
    await rule.getByLabel('At most').click()
    await rule.getByRole('alert').getByText('did you mean toc_blood?').waitFor()
    expect(await rule.getByRole('alert').count()).toBe(2)
    await rule.getByLabel('Give').fill('tocilizumab 6 mg/kg into toc_blood')
    await rule.getByLabel('When').fill('TEMP >= 38.5 for 1 day')
    await rule.getByLabel('When').press('Enter')
    await expect.poll(() => rule.getByRole('alert').count()).toBe(0)
    expect(await lastStep(page)).toBe('Undo: Rule tocilizumab')
    await rule.getByRole('button', { name: 'Remove rule tocilizumab' }).click()
    await expect.poll(() => page.locator('.rule').count()).toBe(0)
    expect(await lastStep(page)).toBe('Undo: Remove rule tocilizumab')
    await page.context().close()
  })
})

it('U2 nothing is complained of', () => {
  expect(complaints).toEqual([])
})
