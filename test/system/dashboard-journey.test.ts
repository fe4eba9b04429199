import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { dashboardTests, settled } from './dashboard-page.ts'

const { browser, complaints, openPage } = dashboardTests()

const root = join(import.meta.dirname, '../..')

const endpoint = (page: Page, name: string): Locator =>
  page.locator('.endpoints tbody tr', { has: page.getByRole('rowheader', { name }) }).locator('td')

const numberOf = async (cell: Locator): Promise<number> => {
  const text = (await cell.textContent()) ?? ''
  return Number.parseFloat(text.replaceAll(',', ''))
}

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name, exact: true })

async function saved(page: Page, press: Locator): Promise<{ readonly name: string; readonly text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), press.click()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** Drags the thumb of a slider by so many pixels. */
async function drag(page: Page, slider: Locator, by: number): Promise<void> {
  const box = await slider.boundingBox()
  const at = Number(await slider.inputValue())
  if (!box) throw new Error('the slider cannot be seen')
  const x = box.x + 7 + at * (box.width - 14)
  const y = box.y + box.height / 2
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + by, y, { steps: 8 })
  await page.mouse.up()
}

it('the journey of a new user, from the first curve to the same bits in Node', { timeout: 180_000 }, async () => {
  // open
  const page = await openPage()
  await page.getByText('Drag a slider, or drop a CSV to fit.').waitFor()
  await settled(page)
  const peak = endpoint(page, 'Peak CAR-T cells')
  const interleukin = endpoint(page, 'Peak IL-6')
  const before = await numberOf(peak.first())
  expect(before).toBeCloseTo(109, 0)

  // drag: one step, the curve follows, the old one stays as a grey line
  await drag(page, page.locator('#parameter-rho'), 8)
  await expect.poll(() => numberOf(peak.first())).toBeGreaterThan(1.5 * before)
  await page.getByRole('button', { name: 'Undo: rho', exact: true }).waitFor()
  await page.locator('.key', { hasText: 'Model’s values' }).waitFor()

  // pin
  await page.getByRole('button', { name: 'Pin as scenario' }).click()
  const pinned = page.locator('.endpoints thead th', { hasText: /^rho = / })
  await pinned.waitFor()
  await settled(page)
  const untreated = await numberOf(interleukin.nth(1))
  expect(await numberOf(interleukin.first())).toBe(untreated)

  // change the regimen: tocilizumab tells the active scenario from the pinned one
  await tab(page, 'Regimen').click()
  await page.getByRole('button', { name: /^Add/ }).click()
  await page.getByRole('button', { name: /^Tocilizumab 8 mg\/kg/ }).click()
  await expect.poll(() => numberOf(interleukin.first())).not.toBe(untreated)
  expect(await numberOf(interleukin.nth(1))).toBe(untreated)

  // load the data of axi-cel
  await tab(page, 'Data').click()
  await page.getByRole('button', { name: 'Use example data' }).click()
  await page.getByRole('heading', { level: 1, name: 'CD19 CAR-T cells in lymphoma' }).waitFor()
  const fit = page.getByRole('region', { name: 'Fit to data' })
  await fit.getByText('Medians, 28 observations of CAR, CRP, FER, IL6').waitFor()
  expect(await fit.textContent()).toContain('CC BY-NC 4.0, non-commercial')

  // fit
  await fit.getByRole('button', { name: 'Fit', exact: true }).click()
  await fit.getByText(/^Converged in \d+ iterations/).waitFor()

  // read the table, and take it over
  const row = fit.locator('[data-estimate=rho]')
  expect(await fit.locator('[data-estimate]').count()).toBe(8)
  const estimate = Number(await row.locator('[data-value]').getAttribute('data-value'))
  expect(estimate).toBeGreaterThan(1)
  expect(estimate).toBeLessThan(3)
  expect(await row.textContent()).toMatch(/rho \/day.*[\d.]+ %/)
  await fit.getByRole('button', { name: 'Use estimates as sliders' }).click()
  await tab(page, 'Parameters').click()
  const rho = page.getByLabel(/^rho, .*value/)
  await expect.poll(() => rho.inputValue()).toBe(String(Number(estimate.toPrecision(6))))

  // export the figure: it has what the page has, the curve of the fit too, and nothing that runs
  await settled(page)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const figure = await saved(page, page.getByRole('button', { name: 'CAR-T cells SVG' }))
  expect(figure.name).toMatch(/\.svg$/)
  expect(figure.text).toMatch(/class="fitted" d="M[\d.]+ [\d.]+L/)
  expect(figure.text).not.toMatch(/<script|href=|foreignObject/)

  // share the link: elsewhere nothing runs before it is asked for, then it is the same
  await page.getByRole('button', { name: 'Share' }).click()
  const box = page.getByRole('textbox', { name: 'Link' })
  await expect.poll(() => box.inputValue()).toContain('#project=')
  const link = await box.inputValue()
  expect(link.length).toBeLessThanOrEqual(8192)
  await page.keyboard.press('Escape')
  const elsewhere = await (await browser().newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await elsewhere.goto(link)
  await elsewhere.getByText(/^Opened from a link: /).waitFor()
  expect(await elsewhere.locator('.plot').count()).toBe(0)
  await elsewhere.getByRole('button', { name: 'Run', exact: true }).click()
  await elsewhere.getByRole('heading', { level: 1, name: 'CD19 CAR-T cells in lymphoma' }).waitFor()
  await expect.poll(() => elsewhere.getByLabel(/^rho, .*value/).inputValue()).toBe(await rho.inputValue())
  await elsewhere.context().close()

  // reproduce in Node
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('button', { name: /^Reproduce in Node/ }).click()
  const plan = await saved(page, page.getByRole('button', { name: /^Save .*\.plan\.yaml$/ }))
  await page.context().close()
  const hashes = [...plan.text.matchAll(/^# {3}(\S+\.arrow) {2}([0-9a-f]{64})$/gm)].map(([, name, hash]) => [
    name,
    hash,
  ])
  expect(hashes.length).toBe(1)
  const folder = await mkdtemp(join(tmpdir(), 'cartkin-journey-'))
  await writeFile(join(folder, plan.name), plan.text)
  await promisify(execFile)(
    process.execPath,
    [join(root, 'apps/cli/bin/cartkin.mjs'), 'run', join(folder, plan.name), '--out', join(folder, 'results')],
    { cwd: root },
  )
  const manifest = await readFile(join(folder, 'results/manifest.json'), 'utf8')
  await rm(folder, { recursive: true })
  for (const [name, hash] of hashes) {
    expect(manifest).toContain(`${name}"`)
    expect(manifest).toContain(hash)
  }
})

it('U2 has caused no console message, policy violation or foreign request in all of this', () => {
  expect(complaints).toEqual([])
})
