import type { Page } from 'playwright-core'
import { settled } from './dashboard-page.ts'

/** Takes back all that was done on a page, so that another test finds it as it was opened. */
export async function asOpened(page: Page): Promise<Page> {
  const undo = page.getByRole('button', { name: /^Undo/ })
  while ((await undo.getAttribute('aria-disabled')) !== 'true') await undo.click()
  await settled(page)
  return page
}
