import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

const openTab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name, exact: true }).click()
const checks = (page: Page) => page.getByTestId('data-checks')
const undo = (page: Page): Promise<void> => page.getByRole('button', { name: /^Undo/ }).click()
const redo = (page: Page): Promise<void> => page.getByRole('button', { name: /^Redo/ }).click()

/** Drops a file on the page as a person would, on the plots. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, content }) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content], name))
      return transfer
    },
    { name, content },
  )
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
}

async function openModel(page: Page, id: string): Promise<void> {
  await page.getByLabel('Preset').selectOption(id)
  await page.waitForFunction((wanted) => document.querySelector('.status-bar code')?.textContent === wanted, id)
}

const marks = (page: Page, kind: string): Promise<number> =>
  page.locator(`.${kind}_marks path, path.${kind}_marks`).count()
const drawn = (page: Page, kind: string, count: number): Promise<unknown> =>
  page.waitForFunction(
    ({ kind, count }) => document.querySelectorAll(`.${kind}_marks path, path.${kind}_marks`).length === count,
    { kind, count },
  )

describe('data', () => {
  it('rows are left out and taken in again as steps, and drawn as crosses', async () => {
    const page = await openPage()
    await openModel(page, 'stein-2019')
    await drop(page, 'mine.csv', 'ID,TIME,DV\na,1,100\na,2,900\na,3,400\na,4,<50\n')
    await checks(page).waitFor()
    expect(await page.getByRole('tab', { name: 'Data' }).getAttribute('aria-selected')).toBe('true')
    await drawn(page, 'observed', 3)
    await page.getByRole('button', { name: 'Leave out row 3', exact: true }).click()
    await drawn(page, 'excluded', 1)
    expect([await marks(page, 'observed'), await marks(page, 'below')]).toEqual([2, 1])
    await undo(page)
    await drawn(page, 'observed', 3)
    await redo(page)
    await drawn(page, 'excluded', 1)
    await page.getByLabel('Rows to leave out').fill('4-5')
    await page.keyboard.press('Enter')
    await drawn(page, 'excluded', 3)
    await page.getByRole('button', { name: 'Take all in' }).click()
    await drawn(page, 'observed', 3)
    // a reload finds the file in the browser, and what was chosen
    await page.getByLabel('Rows to leave out').fill('2')
    await page.keyboard.press('Enter')
    await drawn(page, 'excluded', 1)
    await page.getByText('Saved in this browser').waitFor()
    await page.waitForTimeout(1500)
    await page.reload()
    await drawn(page, 'excluded', 1)
    await drawn(page, 'observed', 2)
  }, 40_000)

  it('U10 the mapping of columns and quantities, units and limits are steps of the one history', async () => {
    const page = await openPage()
    await openModel(page, 'stein-2019')
    await drop(page, 'mine.csv', 'subject,day,value,other\na,1,100,1\na,2,900,2\na,3,40,3\n')
    await checks(page).getByText('No values were found').waitFor()
    expect(await page.getByTestId('data-preview').textContent()).toContain('900')
    await page.getByLabel('Column value is taken for').selectOption('DV')
    await drawn(page, 'observed', 3)
    await page.getByRole('textbox', { name: 'LLOQ of All values' }).fill('50')
    await page.keyboard.press('Enter')
    await drawn(page, 'below', 1)
    await page.getByRole('textbox', { name: 'LLOQ of All values' }).fill('abc')
    await page.keyboard.press('Enter')
    await page.getByText('A number above 0 is needed.').waitFor()
    await page.keyboard.press('Escape')
    await undo(page)
    await drawn(page, 'observed', 3)
    await undo(page)
    await drawn(page, 'observed', 0)
    await redo(page)
    await redo(page)
    await drawn(page, 'below', 1)
  }, 40_000)

  it('U25 without data the fit leads here', async () => {
    const page = await openPage()
    await openTab(page, 'Fit')
    const link = page.locator('.prerequisites').getByRole('button').first()
    await link.click()
    expect(await page.getByRole('tab', { name: 'Data' }).getAttribute('aria-selected')).toBe('true')
    await page.getByRole('button', { name: 'Use example data' }).waitFor()
  })

  it('U31 hostile names, headers, cells and groups run nothing', async () => {
    const page = await openPage()
    await openModel(page, 'stein-2019')
    await page.evaluate(() => Object.assign(window, { pwned: 0 }))
    const payloads = [
      '<img src=x onerror="window.pwned=1">',
      '<script>window.pwned=1</script>',
      '"><svg onload=window.pwned=1>',
      'javascript:window.pwned=1',
      `'+window.pwned=1+'`,
      '{{constructor.constructor("window.pwned=1")()}}',
      'datum.pwned=1',
    ]
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
    for (const [k, payload] of payloads.entries()) {
      const header = ['ID', 'TIME', 'DV', 'DVID', quoted(payload)].join()
      const rows = [0, 1, 2].map((t) => [
        quoted(payload),
        t,
        10 * t + 5,
        quoted(payload),
        quoted(payload + (t > 0 ? '' : '2')),
      ])
      const name = `${k}${payload.replaceAll('/', '_')}.csv`
      await drop(page, name, [header, ...rows.map((row) => row.join())].join('\n'))
      await page.getByRole('heading', { name, exact: true }).waitFor()
      await page.getByLabel(/is$/).first().selectOption('C')
      await drawn(page, 'observed', 3)
      const mark = await page.locator('.observed_marks path, path.observed_marks').nth(1).boundingBox()
      if (mark) await page.mouse.move(mark.x + mark.width / 2, mark.y + mark.height / 2)
    }
    await page.getByRole('button', { name: 'Explore the data' }).click()
    await page.getByRole('dialog').waitFor()
    await settled(page)
    expect(await page.evaluate(() => (window as Window & { pwned?: number }).pwned)).toBe(0)
    expect(await page.locator('img, iframe, main script, aside script').count()).toBe(0)
  }, 60_000)

  it('is explored by group before any model, with the licence of the example', async () => {
    const page = await openPage()
    await openModel(page, 'oncology-qsp')
    await openTab(page, 'Data')
    await page.getByRole('button', { name: 'Use example data' }).click()
    await checks(page).waitFor()
    expect(await page.locator('.data-panel .attribution').textContent()).toContain('CC BY-NC 4.0')
    await page.getByLabel('Group by').selectOption('CRS')
    await page.locator('.observed-legend').getByText('grade 3 and above').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Explore the data' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.locator('[data-group]').evaluateAll((all) => all.map((one) => one.dataset['group']))).toEqual([
      'grade 0',
      'grade 1',
      'grade 2',
      'grade 3 and above',
    ])
    expect(await dialog.locator('.group-table tbody tr').count()).toBeGreaterThan(20)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
  }, 40_000)

  it('a big file tells rows read and can be cancelled; many values are painted on a canvas', async () => {
    const page = await openPage()
    await openModel(page, 'stein-2019')
    await drop(page, 'small.csv', 'ID,TIME,DV\na,1,100\na,2,900\n')
    await drawn(page, 'observed', 2)
    await openTab(page, 'Data')
    await page.evaluate(() => {
      const lines = ['ID,TIME,DV']
      for (let subject = 0; subject < 20_000; subject++)
        for (let time = 0; time < 20; time++) lines.push(`${subject},${time},${100 + ((subject * 7 + time) % 900)}`)
      const transfer = new DataTransfer()
      transfer.items.add(new File([lines.join('\n')], 'big.csv'))
      document.querySelector('main')?.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }))
    })
    await page.getByText(/Reading big\.csv: [\d,]+ rows/).waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.locator('.data-reading').waitFor({ state: 'detached' })
    expect(await page.getByRole('heading', { name: 'small.csv' }).count()).toBe(1)
    expect(await marks(page, 'observed')).toBe(2)
    const many = Array.from({ length: 300 }, (_, subject) =>
      Array.from({ length: 10 }, (_, time) => `${subject},${time},${100 + ((subject * 7 + time) % 900)}`).join('\n'),
    )
    await drop(page, 'many.csv', `ID,TIME,DV\n${many.join('\n')}\n`)
    await page.locator('.observed-legend').getByText('observed 3').waitFor()
    expect(await page.locator('.observed-legend [data-kind="observed"]').getAttribute('data-count')).toBe('3000')
    expect(await marks(page, 'observed')).toBe(0)
    const inked = await page
      .locator('.observed-canvas')
      .first()
      .evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return 0
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
        return data.filter((value, k) => k % 4 === 3 && value > 0).length
      })
    expect(inked).toBeGreaterThan(1000)
  }, 60_000)

  it('U2 the browser complains of nothing', () => expect(complaints).toEqual([]))
})
