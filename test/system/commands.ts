import type { Page } from 'playwright-core'

/** Runs a command of the page by its name, as with the keyboard; its key is pressed again where a busy browser has lost it. */
export async function runCommand(page: Page, name: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Command' })
  for (let attempt = 0; attempt < 3; attempt++) {
    await page.keyboard.press('Control+k')
    const isOpen = await box.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    )
    if (isOpen) break
  }
  await box.fill(name)
  await page.getByRole('option', { name, selected: true }).waitFor()
  await page.keyboard.press('Enter')
  await box.waitFor({ state: 'detached' })
}
