import type { Locator, Page } from 'playwright-core'

/** The editor of the model text, once its tab is shown. */
export const modelEditor = (page: Page): Locator => page.getByRole('textbox', { name: 'Model text' })

/** Opens the tab of the model text and waits for its editor. */
export async function openModelText(page: Page): Promise<Locator> {
  await page.getByRole('tab', { name: 'Model', exact: true }).click()
  const editor = modelEditor(page)
  await editor.waitFor()
  return editor
}

/** Puts a text in place of what stands in the editor, as from a clipboard. */
export async function pasteModelText(page: Page, text: string): Promise<void> {
  const editor = await openModelText(page)
  await editor.focus()
  await page.keyboard.press('Control+a')
  await editor.evaluate((content, pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    content.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** What stands in the editor; lines that are out of view are not in the page. */
export const shownModelText = (page: Page): Promise<string> =>
  modelEditor(page).evaluate((content) =>
    [...content.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n'),
  )
