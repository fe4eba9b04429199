import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'
import { modelEditor, openModelText, pasteModelText, shownModelText } from './model-editor.ts'

const { complaints, openPage } = dashboardTests()

/** What the page says may take a while where much else is computed. */
const eventually = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 15_000 })

const clearance = `clearance <- function() {
  description <- "Clearance by weight and sex"
  units <- list(time = "h")
  covariateData <- list(WT = list(description = "body weight", units = "kg"))
  ini({
    lcl <- log(5)  # [L/h] clearance
    eta.cl ~ 0.09
    prop.sd <- 0.1
  })
  model({
    cl <- exp(lcl + eta.cl)*(WT/70)^0.75
    if (SEX == "female") cl <- cl*0.8
    half.life <- log(2)*30/cl
    half.life ~ prop(prop.sd)
  })
}`

const oral = `oral <- function() {
  units <- list(time = "h")
  ini({
    lka <- 0.2
    lke <- -2
    eta.ke ~ 0.04
  })
  model({
    ka <- exp(lka)
    ke <- exp(lke + eta.ke)
    d/dt(depot) <- -ka*depot
    d/dt(central) <- ka*depot - ke*central
    cp <- central/20
  })
}`

const typeInto = async (page: Page, label: RegExp, value: string): Promise<void> => {
  await page.getByLabel(label).fill(value)
  await page.keyboard.press('Enter')
}

const endpoint = (page: Page, name: string) =>
  page.locator('.endpoints tbody tr', { has: page.getByRole('rowheader', { name, exact: true }) }).locator('td')

describe('a pasted model without d/dt', () => {
  it('names its inputs, draws as soon as they have values, and is there again after a library model', async () => {
    const page = await openPage()
    await pasteModelText(page, clearance)
    await page.getByRole('heading', { level: 1, name: 'Clearance by weight and sex' }).waitFor()
    const waiting = page.getByRole('region', { name: 'Inputs without a value' })
    expect(await waiting.getByRole('button').allTextContents()).toEqual(['WT', 'SEX'])
    await expectAccessible(page)
    await waiting.getByRole('button', { name: 'WT' }).click()
    await page.keyboard.type('70')
    await page.keyboard.press('Enter')
    await page.getByLabel(/^SEX/).selectOption({ label: 'female' })
    await settled(page)
    await eventually(() => page.locator('.panel h2').allTextContents()).toEqual(['half.life'])
    await eventually(() => endpoint(page, 'half.life highest').first().textContent()).toBe('5.2')
    await page.getByLabel(/^SEX/).selectOption({ label: 'any other' })
    await eventually(() => endpoint(page, 'half.life highest').first().textContent()).toBe('4.16')
    await page.getByLabel(/^SEX/).selectOption({ label: 'female' })
    await eventually(() => endpoint(page, 'half.life highest').first().textContent()).toBe('5.2')
    await settled(page)
    expect(await page.locator('[data-parameter=lcl] .natural').textContent()).toBe('exp: 5 L/h')
    await eventually(() => page.locator('.vega-host .role-axis-title text').first().textContent()).toBe('h')
    await expectAccessible(page)

    await page.getByLabel('Preset').selectOption('stein-2019')
    await eventually(() => page.getByRole('heading', { name: 'Inputs' }).count()).toBe(0)
    await settled(page)
    await page.getByLabel('Preset').selectOption('your-model')
    await eventually(() => page.getByLabel(/^WT, body weight, value in kg/).inputValue()).toBe('70')
    await eventually(() => endpoint(page, 'half.life highest').first().textContent()).toBe('5.2')
    await page.context().close()
  })
})

describe('a pasted model with states', () => {
  it('takes a dose, another end, other quantities and a virtual population', async () => {
    const page = await openPage()
    await pasteModelText(page, oral)
    // the old model stands until the text has been read
    await eventually(() => endpoint(page, 'cp highest').first().textContent()).toBe('0')
    await settled(page)
    await page.getByRole('tab', { name: 'Regimen' }).click()
    await typeInto(page, /^Amount/, 'much')
    await page.getByRole('alert').getByText('“much” is not a number').waitFor()
    await typeInto(page, /^Amount/, '100')
    // ka = exp(0.2), ke = exp(-2): the peak of the difference of two exponentials
    const [ka, ke] = [Math.exp(0.2), Math.exp(-2)]
    const peak = (100 / 20) * (ka / ke) ** (-ke / (ka - ke))
    await eventually(() => endpoint(page, 'cp highest').first().textContent()).toBe(String(Number(peak.toPrecision(3))))
    await eventually(() => page.locator('.doses .dose-text').allTextContents()).toEqual(['100 into depot at 0 h'])
    await page.getByRole('tab', { name: 'View' }).click()
    await page.getByRole('checkbox', { name: 'depot' }).check()
    await typeInto(page, /^Run until/, '48')
    await eventually(() => page.locator('.panel h2').allTextContents()).toEqual(['depot', 'cp'])
    await eventually(() =>
      page.locator('.vega-host').last().locator('.role-axis-label text').allTextContents(),
    ).toContain('48')
    const card = page.getByRole('region', { name: 'Virtual population' })
    await card.getByRole('button', { name: 'Run 200 subjects' }).click()
    await expect.poll(() => card.getByRole('status').textContent(), { timeout: 30_000 }).toContain('n = 200, seed 1')
    await page.getByRole('tab', { name: 'Regimen' }).click()
    await page.getByRole('button', { name: 'Remove 100 into depot at 0 h' }).click()
    await eventually(() => endpoint(page, 'cp highest').first().textContent()).toBe('0')
    await page.context().close()
  })

  it('is taken where it is dropped', async () => {
    const page = await openPage()
    const file = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text], 'dropped.rx'))
      return transfer
    }, oral)
    await page.getByRole('main').dispatchEvent('drop', { dataTransfer: file })
    await page.getByText('Opened dropped.rx.').waitFor()
    await modelEditor(page).waitFor()
    await eventually(() => shownModelText(page)).toBe(oral)
    await page.context().close()
  })

  it('is read from a file, and keeps within a narrow screen', async () => {
    const page = await openPage({ viewport: { width: 390, height: 844 } })
    await openModelText(page)
    await page
      .getByLabel('Open a file …')
      .setInputFiles({ name: 'oral.R', mimeType: 'text/plain', buffer: Buffer.from(oral.replaceAll('\n', '\r\n')) })
    await page.getByText('Opened oral.R.').waitFor()
    await modelEditor(page).waitFor()
    await eventually(() => shownModelText(page)).toContain('d/dt(depot)')
    expect(await modelEditor(page).getAttribute('aria-readonly')).toBe('true')
    await page.locator('.panel h2', { hasText: 'cp' }).first().waitFor()
    await settled(page)
    await expectAccessible(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.context().close()
  })
})

it('has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
