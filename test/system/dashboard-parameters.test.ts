import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

/** For what is computed. */
const slow = { timeout: 20_000 }

/** A page of several tests, each of which leaves the parameters as it found them. */
const held: { page?: Page } = {}
const sharedPage = async (): Promise<Page> => {
  held.page ??= await openPage()
  return held.page
}

const slider = (page: Page, name: string) => page.locator(`#parameter-${name}`)
const box = (page: Page, name: string) => page.getByLabel(new RegExp(`^${name}, .*value`))
const row = (page: Page, name: string) => page.locator(`[data-parameter="${name}"]`)
const shownValue = async (page: Page, name: string): Promise<number> => Number(await box(page, name).inputValue())

/** Names of the steps that undo would take back, newest first, until there is none. */
async function undoneSteps(page: Page): Promise<readonly string[]> {
  const button = page.getByRole('button', { name: /^Undo: / })
  const steps: string[] = []
  for (let label = await button.getAttribute('aria-label'); label !== 'Undo: nothing to take back'; ) {
    steps.push(label ?? '')
    await button.click()
    label = await button.getAttribute('aria-label')
  }
  return steps
}

describe('a parameter', () => {
  it('U6 moves by keys: a hundredth, a tenth, a thousandth of its range, and to its bounds', async () => {
    const page = await sharedPage()
    // rho is 1.6 per day; its slider goes from 0.16 to 16 on a log scale
    const at = (position: number): number => Number((0.16 * 100 ** position).toPrecision(4))
    await slider(page, 'rho').focus()
    for (const [key, value] of [
      ['ArrowRight', at(0.51)],
      ['ArrowLeft', 1.6],
      ['PageUp', at(0.6)],
      ['PageDown', 1.6],
      ['Shift+ArrowRight', at(0.501)],
      ['Shift+ArrowLeft', 1.6],
      ['Home', 0.16],
      ['End', 16],
      ['Delete', 1.6],
    ] as const) {
      await page.keyboard.press(key)
      expect(await shownValue(page, 'rho'), key).toBe(value)
    }
  })

  it('U7 has a name, a value with its unit in words, and a box that is linked both ways, in all rows', async () => {
    const page = await openPage()
    const closed = page.locator('.group:not([open]) summary')
    for (let left = await closed.count(); left > 0; left--) {
      await closed.first().click()
      await expect.poll(() => closed.count()).toBe(left - 1)
    }
    const rows = await page.locator('.parameter[data-parameter]').evaluateAll((elements) =>
      elements.map((element) => {
        const range = element.querySelector<HTMLInputElement>('input[type=range]')
        const [box] = element.querySelectorAll<HTMLInputElement>('input[type=text]')
        const unit = element.querySelector('.unit')?.textContent ?? ''
        return {
          name: element.getAttribute('data-parameter'),
          label: range?.labels?.[0]?.textContent ?? '',
          spoken: range?.getAttribute('aria-valuetext') ?? '',
          isWithin: range !== null && range.min <= range.value && range.value <= range.max,
          shown: Number(box?.value),
          boxName: box?.getAttribute('aria-label') ?? '',
          hasUnit: unit !== '',
        }
      }),
    )
    expect(rows.length).toBe(127)
    for (const { name, label, spoken, isWithin, shown, boxName, hasUnit } of rows) {
      expect(label.startsWith(`${name} `), `${name}`).toBe(true)
      expect(boxName, `${name}`).toMatch(new RegExp(`^${name}, .*value${hasUnit ? ' in ' : ''}`))
      expect(isWithin, `${name}`).toBe(true)
      const [number = ''] = /^[-−\d.,\s×⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/.exec(spoken) ?? []
      const unit = spoken.slice(number.length)
      expect(unit.length > 0, `${name}: ${spoken}`).toBe(hasUnit)
      expect(Math.abs(spokenNumber(number) / shown - 1) < 1e-3 || shown === 0, `${name}: ${spoken}`).toBe(true)
    }
    await box(page, 'rho').fill('2')
    await page.keyboard.press('Enter')
    expect(await slider(page, 'rho').getAttribute('aria-valuetext')).toBe('2 per day')
    await slider(page, 'rho').press('Home')
    expect(await shownValue(page, 'rho')).toBe(0.16)
    await page.context().close()
  })

  it('U8 refuses what is no number beside the box, and keeps the last good value', async () => {
    const page = await sharedPage()
    await box(page, 'rho').fill('2')
    await page.keyboard.press('Enter')
    for (const typed of ['1e999', 'abc', '', '1,5']) {
      await box(page, 'rho').fill(typed)
      await page.keyboard.press('Enter')
      expect(await row(page, 'rho').getByRole('alert').textContent(), typed).not.toBe('')
      expect(await box(page, 'rho').getAttribute('aria-invalid'), typed).toBe('true')
      expect(await slider(page, 'rho').getAttribute('aria-valuetext'), typed).toBe('2 per day')
    }
    await box(page, 'rho').press('Escape')
    expect(await shownValue(page, 'rho')).toBe(2)
    expect(await row(page, 'rho').getByRole('alert').count()).toBe(0)
    await row(page, 'rho').getByRole('button', { name: 'Reset rho' }).click()
  })

  it('U9 moves where the track is clicked, and by its buttons', async () => {
    const page = await sharedPage()
    const track = await slider(page, 'rho').boundingBox()
    await slider(page, 'rho').click({ position: { x: (track?.width ?? 0) * 0.75, y: (track?.height ?? 0) / 2 } })
    expect(await shownValue(page, 'rho')).toBeGreaterThan(3)
    await row(page, 'rho').getByRole('button', { name: 'Reset rho' }).click()
    await row(page, 'rho').getByRole('button', { name: 'Increase rho' }).click()
    expect(await shownValue(page, 'rho')).toBe(Number((0.16 * 100 ** 0.51).toPrecision(4)))
    await row(page, 'rho').getByRole('button', { name: 'Decrease rho' }).click()
    expect(await shownValue(page, 'rho')).toBe(1.6)
    for (const button of await row(page, 'rho').getByRole('button').all()) {
      const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24)
    }
  })

  it('U11 makes one step of a drag', async () => {
    const page = await openPage()
    const track = await slider(page, 'rho').boundingBox()
    const { x = 0, y = 0, width = 0, height = 0 } = track ?? {}
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    for (let k = 1; k <= 20; k++) await page.mouse.move(x + width / 2 + k, y + height / 2)
    await page.mouse.up()
    expect(await shownValue(page, 'rho')).toBeGreaterThan(1.6)
    expect(await undoneSteps(page)).toEqual(['Undo: rho'])
    expect(await shownValue(page, 'rho')).toBe(1.6)
    await page.context().close()
  })

  it('has bounds that its slider follows, and is fixed or not, each a step', async () => {
    const page = await openPage()
    await row(page, 'rho').getByRole('button', { name: 'More on rho' }).click()
    const lower = page.getByLabel('Lower bound of rho')
    await lower.fill('20')
    await page.keyboard.press('Enter')
    expect(await row(page, 'rho').getByRole('alert').textContent()).toContain('20 is not below 16')
    await lower.fill('0.8')
    await page.keyboard.press('Enter')
    await page.getByLabel('Upper bound of rho').fill('3.2')
    await page.keyboard.press('Enter')
    await slider(page, 'rho').press('Home')
    expect(await shownValue(page, 'rho')).toBe(0.8)
    await slider(page, 'rho').press('End')
    expect(await shownValue(page, 'rho')).toBe(3.2)
    const fix = page.getByLabel('Fix rho in fits')
    const before = await fix.isChecked()
    await fix.click()
    expect(await fix.isChecked()).toBe(!before)
    await row(page, 'rho')
      .getByRole('button', { name: before ? /^In fits/ : /^Fixed/ })
      .click()
    expect(await fix.isChecked()).toBe(before)
    const steps = await undoneSteps(page)
    expect(steps.slice(2)).toEqual(['Undo: rho', 'Undo: rho', 'Undo: Bounds of rho', 'Undo: Bounds of rho'])
    expect(await lower.inputValue()).toBe('0.16')
    await page.context().close()
  })
})

describe('the parameters', () => {
  it('are taken from a spreadsheet and copied into one', async () => {
    const page = await openPage()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Paste…' }).click()
    await page.getByLabel('Lines of a spreadsheet').fill('rho\t0.9\nWT\t80\nnobody\t1\n')
    const dialog = page.getByRole('dialog', { name: 'Paste parameters' })
    await dialog.getByText('2 of the model’s parameters; one line cannot be used.').waitFor()
    expect(await dialog.getByRole('listitem').allTextContents()).toEqual([
      'Line 3: The model has no parameter “nobody”.',
    ])
    await dialog.getByRole('button', { name: 'Take over 2' }).click()
    expect([await shownValue(page, 'rho'), await shownValue(page, 'WT')]).toEqual([0.9, 80])
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('127 parameters copied').waitFor()
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n')
    expect(lines.length).toBe(128)
    expect(
      lines
        .find((line) => line.startsWith('rho\t'))
        ?.split('\t')
        .slice(0, 5),
    ).toEqual(['rho', '0.9', '1/day', '0.16', '16'])
    expect(await undoneSteps(page)).toEqual(['Undo: Paste 2 parameters'])
    await page.context().close()
  })

  it('are listed by name, and all but the selected are fixed', async () => {
    const page = await openPage()
    await page.getByLabel('Order of parameters').selectOption('By name')
    const names = await page
      .locator('.parameter[data-parameter]')
      .evaluateAll((elements) => elements.map((element) => element.getAttribute('data-parameter') ?? ''))
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })))
    await page.getByLabel('Search parameters').fill('rho')
    await page.getByRole('button', { name: 'Select', exact: true }).click()
    await page.getByLabel('Select rho').check()
    await page.getByText('1 selected').waitFor()
    await page.getByRole('button', { name: 'Fix all but selected' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    await row(page, 'rho').getByRole('button', { name: 'More on rho' }).click()
    expect(await page.getByLabel('Fix rho in fits').isChecked()).toBe(false)
    await page.getByLabel('Search parameters').fill('WT')
    await row(page, 'WT').getByRole('button', { name: 'More on WT' }).click()
    expect(await page.getByLabel('Fix WT in fits').isChecked()).toBe(true)
    expect(await undoneSteps(page)).toEqual(['Undo: Fix all but selected'])
    await page.context().close()
  })

  it('are scanned between their bounds: a family of curves, its legend and an endpoint', async () => {
    const page = await openPage()
    await row(page, 'rho').getByRole('button', { name: 'More on rho' }).click()
    await page.getByRole('button', { name: 'Scan rho between its bounds' }).click()
    const scan = page.getByRole('region', { name: 'Scan of rho' })
    const cells = async () =>
      (await scan.locator('tbody td').allTextContents()).map((text) => Number(text.replaceAll(',', '')))
    await expect.poll(async () => (await cells()).filter(Number.isFinite).length, slow).toBe(7)
    expect(await scan.locator('tbody th').allTextContents()).toEqual([
      '0.16',
      '0.345',
      '0.743',
      '1.6',
      '3.45',
      '7.43',
      '16',
    ])
    const peaks = await cells()
    expect(peaks).toEqual(peaks.toSorted((a, b) => a - b))
    // the middle of the family is the present course
    await page.getByRole('tab', { name: 'Endpoints' }).click()
    const now = await page.locator('.endpoints tbody tr').first().locator('td').first().textContent()
    expect(peaks[3]).toBe(Number.parseFloat(now ?? ''))
    await page.getByRole('tab', { name: 'Scan' }).click()
    expect(await coloured(page)).toBe(true)
    await scan.getByRole('button', { name: 'Highlight rho 16' }).click()
    await scan.getByRole('button', { name: 'More values' }).click()
    await expect.poll(async () => (await cells()).filter(Number.isFinite).length, slow).toBe(8)
    // another value elsewhere: the scan follows
    const before = await cells()
    await box(page, 'dose').fill('5e5')
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await cells())[0], slow).not.toBe(before[0])
    await settled(page)
    await expectAccessible(page)
    await scan.getByRole('button', { name: 'End the scan' }).click()
    await expect.poll(() => page.getByRole('tab', { name: 'Scan' }).count()).toBe(0)
    expect(await coloured(page)).toBe(false)
    await page.context().close()
  })
})

/** "1,040", "10⁶" and "3.2×10⁻⁴" as numbers. */
function spokenNumber(text: string): number {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹'
  const plain = text.replace('−', '-').replaceAll(/[,\s]/g, '')
  const [, factor = '', power] = /^(-?[\d.]*?)×?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(plain) ?? []
  if (power === undefined) return Number(plain)
  const exponent = [...power].map((digit) => (digit === '⁻' ? '-' : digits.indexOf(digit))).join('')
  return Number(factor || '1') * 10 ** Number(exponent)
}

/** Whether a canvas of the panels has the colour of the highest value of a scan on a light ground. */
function coloured(page: Page): Promise<boolean> {
  return page
    .locator('.panel canvas.curves')
    .first()
    .evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) return false
      const copy = document.createElement('canvas')
      Object.assign(copy, { width: element.width, height: element.height })
      const context = copy.getContext('2d', { willReadFrequently: true })
      context?.drawImage(element, 0, 0)
      const { data } = context?.getImageData(0, 0, copy.width, copy.height) ?? { data: [] }
      for (let k = 0; k < data.length; k += 4)
        if (data[k] === 0x44 && data[k + 1] === 0x01 && data[k + 2] === 0x54 && data[k + 3] === 255) return true
      return false
    })
}

it('U2 nothing is complained of', () => {
  expect(complaints).toEqual([])
})
