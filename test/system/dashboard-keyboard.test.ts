import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { addAccessChecks, focusProblem } from './access-checks.ts'
import { runCommand } from './commands.ts'
import { dashboardTests, settled } from './dashboard-page.ts'

const { complaints, openPage } = dashboardTests()

/** Presses keys, counts them, and looks at the focus after each. */
function keyboard(page: Page): { count: number; press(...keys: readonly string[]): Promise<void> } {
  const keys = {
    count: 0,
    async press(...pressed: readonly string[]): Promise<void> {
      for (const key of pressed) {
        await page.keyboard.press(key)
        keys.count++
        await expect.poll(() => focusProblem(page), { message: `after ${keys.count} keys, ${key}` }).toBe(null)
      }
    },
  }
  return keys
}

describe('U34 without a mouse', () => {
  it('an example is loaded, a parameter changed, a scenario pinned, a fit made and the curves saved in 60 keys', async () => {
    const page = await openPage()
    await addAccessChecks(page)
    await settled(page)
    const keys = keyboard(page)
    const command = async (letters: string, title: string | RegExp): Promise<void> => {
      await keys.press('Control+k')
      await page.getByRole('combobox', { name: 'Command' }).waitFor()
      await keys.press(...letters)
      await page.getByRole('option', { name: title, selected: true }).waitFor()
      await keys.press('Enter')
      await page.getByRole('combobox', { name: 'Command' }).waitFor({ state: 'detached' })
    }

    await keys.press('Tab')
    await command('stein', /^Open Tisagenlecleucel/)
    await page.getByRole('heading', { level: 1, name: /^Tisagenlecleucel/ }).waitFor()
    await command('exa', /^Use example data/)
    await page.locator('.status-bar', { hasText: '12 subjects' }).waitFor()

    await command('cmax', /^Cmax/)
    const slider = page.locator('#parameter-Cmax')
    await expect.poll(() => slider.evaluate((element) => element === document.activeElement)).toBe(true)
    await keys.press('ArrowRight', 'PageUp')
    // and its box, by Tab
    await keys.press('Tab', 'Tab')
    const box = page.locator('[data-parameter=Cmax] .number-box')
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true)
    await keys.press('3', '0', '0', '0', '0', 'Enter')
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/^30,?000 copies/)

    await command('pin', /^Pin as scenario/)
    await expect.poll(() => page.locator('.scenario-chip').count()).toBe(2)
    await keys.press('Control+Enter')
    await page.getByRole('button', { name: 'Fit again' }).waitFor()
    expect(await page.locator('.fit-status').textContent()).toMatch(/^12 of 12 subjects fitted/)

    const saved = page.waitForEvent('download')
    await command('csv', /^CSV of all curves/)
    expect((await readFile(await (await saved).path(), 'utf8')).split('\n')[0]).toMatch(/^time,/)
    expect(keys.count).toBeLessThanOrEqual(60)
    await page.context().close()
  }, 180_000)

  it('the focus is seen at every stop of the page: wide, at 400 %, and on a phone to the end and back', async () => {
    const page = await openPage()
    await addAccessChecks(page)
    const walks = [
      [1440, 900, 'Tab'],
      [320, 256, 'Tab'],
      [390, 844, 'Tab'],
      [390, 844, 'Shift+Tab'],
    ] as const
    for (const [width, height, key] of walks) {
      await page.setViewportSize({ width, height })
      await settled(page)
      await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur())
      const stops: string[] = []
      const problems: string[] = []
      while (stops.length < 400) {
        await page.keyboard.press(key)
        const { stop, problem } = await page.evaluate(() => {
          const { activeElement: element } = document
          if (!(element instanceof HTMLElement) || element === document.body) return { stop: null, problem: null }
          element.dataset['stop'] ??= crypto.randomUUID()
          return { stop: element.dataset['stop'], problem: window.accessChecks.focus() }
        })
        if (stop === null || stop === stops[0]) break
        stops.push(stop)
        if (problem) problems.push(problem)
      }
      expect(stops.length).toBeGreaterThan(100)
      expect(problems, `${width} × ${height}, ${key}`).toEqual([])
    }
    await page.context().close()
  }, 180_000)
})

describe('commands and keys', () => {
  it('lists commands that are there, finds them by their words, runs the chosen one and gives the focus back', async () => {
    const page = await openPage()
    await settled(page)
    await page.locator('#parameter-WT').focus()
    await page.keyboard.press('Control+k')
    const options = page.locator('.command')
    await options.first().waitFor()
    const all = await options.count()
    expect(all).toBeGreaterThan(100)
    await page.keyboard.type('b cells log')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('parameter-WT')
    await runCommand(page, 'B cells: linear axis')
    await page.getByRole('button', { name: 'B cells: linear axis, change to log' }).waitFor()
    await runCommand(page, 'Undo: B cells linear')
    await page.getByRole('button', { name: 'B cells: log axis, change to linear' }).waitFor()
    // arrows choose; a click does, too
    await page.keyboard.press('Control+k')
    await options.first().waitFor()
    await page.keyboard.press('ArrowUp')
    await expect.poll(() => options.last().getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => options.first().getAttribute('aria-selected')).toBe('true')
    await page.keyboard.type('no such words')
    await page.getByText('No command has these words.').waitFor()
    await page.getByRole('combobox', { name: 'Command' }).fill('share')
    await page.getByRole('option', { name: 'Share a link' }).click()
    await page.getByRole('dialog', { name: 'Share a link' }).waitFor()
    await page.keyboard.press('Escape')
    // a group that is folded is opened for its parameter
    await runCommand(page, 'd_M_B Net loss of memory B cells')
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('parameter-d_M_B')
    await page.context().close()
  })

  it('letters act where a plot has the focus alone, and not where they are turned off, which is remembered', async () => {
    const page = await openPage()
    await settled(page)
    const plot = page.getByRole('application', { name: /^B cells/ })
    const isLog = page.getByRole('button', { name: 'B cells: log axis, change to linear' })
    const isLinear = page.getByRole('button', { name: 'B cells: linear axis, change to log' })
    const pressOnPlot = async (key: string): Promise<void> => {
      await plot.focus()
      await page.keyboard.press(key)
    }
    await page.locator('#parameter-WT').press('l')
    await pressOnPlot('l')
    await isLinear.waitFor()
    await pressOnPlot('2')
    await expect.poll(() => page.locator('.panel').count()).toBe(1)
    await pressOnPlot('Escape')
    await expect.poll(() => page.locator('.panel').count()).toBe(4)
    await pressOnPlot('t')
    await page.getByRole('table', { name: 'B cells' }).waitFor()
    await page.keyboard.press('t')
    await pressOnPlot('p')
    await expect.poll(() => page.locator('.scenario-chip').count()).toBe(2)
    await pressOnPlot('l')
    await isLog.waitFor()

    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Help' })
    await help.getByText('Nothing leaves this page.').waitFor()
    // from here to the commands and back
    await help.getByRole('button', { name: 'All commands' }).press('Enter')
    const box = page.getByRole('combobox', { name: 'Command' })
    await box.waitFor()
    await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    await box.waitFor({ state: 'detached' })
    await pressOnPlot('?')
    await help.getByLabel('Single-letter keys').focus()
    await page.keyboard.press('Space')
    await help.getByRole('heading', { name: 'Single letters on a plot, turned off' }).waitFor()
    await page.keyboard.press('Escape')
    const nothingActs = async (): Promise<void> => {
      for (const key of ['l', 't', 'p', '2', '?', '+']) await pressOnPlot(key)
      // what takes no letter still acts
      await pressOnPlot('ArrowRight')
      await expect.poll(() => page.locator('[data-panel="B cells"] [role=status]').textContent()).not.toBe('')
      await isLog.waitFor()
      expect(await page.locator('.panel').count()).toBe(4)
      expect(await page.locator('.scenario-chip').count()).toBe(2)
      expect(await page.getByRole('dialog').count()).toBe(0)
    }
    await nothingActs()
    await page.locator('.status-bar [data-saving=saved]').waitFor()
    await page.reload()
    await settled(page)
    await nothingActs()
    await runCommand(page, 'Turn single-letter keys on')
    await pressOnPlot('l')
    await isLinear.waitFor()
    await page.context().close()
  })
})

it('U2 has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
