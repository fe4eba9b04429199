import { readFile } from 'node:fs/promises'
import { sha256Hex } from '@cartkin/tables'
import type { Locator, Page } from 'playwright-core'

/** What many at once are waited for: the machine may be busy. */
export const patiently = { timeout: 20_000 } as const

/** The number box of a parameter. */
export const box = (page: Page, name: string): Locator => page.getByLabel(new RegExp(`^${name}, .*value`))

export async function setParameter(page: Page, name: string, value: string): Promise<void> {
  await box(page, name).fill(value)
  await page.keyboard.press('Enter')
}

/** Waits until the page has drawn its first curve. */
export const drawn = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => performance.getEntriesByName('first-curve').length > 0)

export async function reload(page: Page): Promise<void> {
  await page.reload()
  await drawn(page)
}

/** Waits until all is saved. */
export const saved = (page: Page): Promise<void> => page.locator('[data-saving="saved"]').waitFor()

/** Saves something from the menu of exports. */
export async function exported(page: Page, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** The hash of the project on the page, from a file of it. */
export async function projectHash(page: Page): Promise<string> {
  return sha256Hex((await exported(page, 'Project JSON')).bytes)
}

/** The link of the project on the page. */
export async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  return link
}

/** What undo would take back, or redo bring again, in words. */
export const stepName = (page: Page, kind: 'Undo' | 'Redo'): Promise<string | null> =>
  page.getByRole('button', { name: new RegExp(`^${kind}: `) }).getAttribute('aria-label')
