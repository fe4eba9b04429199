import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { malformedFiles } from '../dashboard/malformed-data.ts'
import { dashboardTests } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

const checks = (page: Page) => page.getByTestId('data-checks')

/** Chooses a file in the tab. */
async function choose(page: Page, name: string, content: string): Promise<void> {
  await page.getByTestId('data-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
}

it('U29 twelve malformed files are refused at their row and column; semicolons and decimal commas are understood', async () => {
  const page = await openPage()
  await page.getByRole('tab', { name: 'Data', exact: true }).click()
  expect(malformedFiles).toHaveLength(12)
  for (const { name, content, row, column, says } of malformedFiles) {
    await choose(page, name, content)
    await page.getByRole('heading', { name, exact: true }).waitFor()
    const first = checks(page).locator('.check-fault').first()
    for (const words of says) await first.getByText(words).waitFor()
    if (row === null) continue
    await expect.poll(() => first.textContent()).toContain(`Row ${row}, column ${column}`)
    await first.getByRole('button', { name: `Row ${row}`, exact: true }).click()
    if (row > 1) await page.locator(`[data-line="${row}"][data-shown]`).waitFor()
  }
  await choose(page, 'decimal-comma.csv', 'ID;TIME;DV\n1;0,5;12,25\n1;1;3\n')
  await page.getByRole('heading', { name: 'decimal-comma.csv' }).waitFor()
  const row = page.getByTestId('data-preview').locator('[data-line="2"]')
  await expect.poll(async () => (await row.locator('td:not(.leave-out)').allTextContents()).join()).toBe('1,0.5,12.25')
  await expect.poll(() => checks(page).textContent()).toContain('separated by semicolons, numbers have a decimal comma')
  await expect.poll(() => page.locator('.check-fault').count()).toBe(0)
}, 90_000)

it('U2 has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
