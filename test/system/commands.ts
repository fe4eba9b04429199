import type { Page } from 'playwright-core'

/** Runs a command of the page by its name, as with the keyboard. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox', { name: 'Command' })
  await box.fill(name)
  await page.getByRole('option', { name, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await box.waitFor({ state: 'detached' })
}
