import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { arrowToTable, csvToTable, sha256Hex } from '@cartkin/tables'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it, vi } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'
import { pasteModelText } from './model-editor.ts'
import { box, drawn, exported, linkOf, patiently, projectHash, saved, setParameter } from './project-page.ts'

// many pages are opened one after the other, and the machine may be busy
vi.setConfig({ testTimeout: 240_000 })

const { browser, complaints, openPage } = dashboardTests()
const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

const fresh = async (): Promise<BrowserContext> =>
  browser().newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })

/** Follows a link within the page, which begins anew. */
const follow = (page: Page, link: string): Promise<void> =>
  page.evaluate(
    (hash) => {
      location.hash = hash
    },
    link.slice(link.indexOf('#')),
  )

describe('U30 a link', () => {
  it('opens elsewhere to the same project, and runs nothing before it is told to', async () => {
    const page = await openPage()
    await setParameter(page, 'rho', '0.4')
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
    await setParameter(page, 'rho', '0.5')
    // of data not even the name is in it
    await page.getByRole('tab', { name: 'Data', exact: true }).click()
    const data = { name: 'secret.csv', mimeType: 'text/csv', buffer: Buffer.from('ID,TIME,DV\n1,1,100\n') }
    const without = await projectHash(page)
    await page.getByTestId('data-file').setInputFiles(data)
    await page.getByRole('button', { name: 'Undo: Data secret.csv' }).waitFor()
    const link = await linkOf(page)
    expect(link.length - link.indexOf('#')).toBeLessThanOrEqual(8 * 1024)
    const address = page.url()
    await page.context().close()

    const context = await fresh()
    const opened = await context.newPage()
    const workers: string[] = []
    opened.on('worker', (worker) => workers.push(worker.url()))
    await opened.goto(link)
    await opened.getByText('Opened from a link: 1 changed parameter, 2 scenarios, no data.').waitFor()
    await opened.getByRole('button', { name: 'Inspect' }).click()
    await opened.getByRole('cell', { name: 'rho = 0.4' }).waitFor()
    await expectAccessible(opened)
    expect(workers).toEqual([])
    expect(await opened.evaluate(() => performance.getEntriesByName('first-curve').length)).toBe(0)
    await opened.getByRole('button', { name: 'Run', exact: true }).click()
    await drawn(opened)
    expect(workers.length).toBeGreaterThan(0)
    expect(await box(opened, 'rho').inputValue()).toBe('0.5')
    expect(opened.url()).toBe(address)
    expect(await projectHash(opened)).toBe(without)
    await context.close()
  })

  it('leaves the project that was there: discarded, undone, beside another tab, cut, foreign, or followed', async () => {
    const page = await openPage()
    await setParameter(page, 'rho', '0.6')
    const link = await linkOf(page)
    await setParameter(page, 'rho', '0.4')
    await saved(page)
    const before = await projectHash(page)
    // cut on the way, of another version, from elsewhere: a word, and the page as it was
    for (const [bad, word] of [
      [link.slice(0, -6), /it is incomplete/],
      [link.replace('#project=1.', '#project=9.'), /another version of cartkin/],
      [`${page.url()}#project=<img src=x onerror=alert(1)>`, /another version|incomplete/],
    ] as const) {
      await follow(page, bad)
      await page.getByText(/^The link cannot be opened: /).waitFor()
      await drawn(page)
      expect(await page.getByText(/^The link cannot be opened: /).textContent()).toMatch(word)
      expect(await projectHash(page)).toBe(before)
      expect(page.url()).not.toContain('project=')
    }
    await follow(page, link)
    await page.getByRole('button', { name: 'Discard' }).click()
    await drawn(page)
    expect(await projectHash(page)).toBe(before)
    await follow(page, link)
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await drawn(page)
    expect(await box(page, 'rho').inputValue()).toBe('0.6')
    await page.getByRole('button', { name: 'Undo: Open the link' }).click(patiently)
    await expect.poll(() => box(page, 'rho').inputValue(), patiently).toBe('0.4')
    await saved(page)
    // beside a tab that has the project it is a project of its own
    const second = await page.context().newPage()
    await second.goto(link)
    await second.getByRole('button', { name: 'Run', exact: true }).click()
    await drawn(second)
    expect(await box(second, 'rho').inputValue()).toBe('0.6')
    expect(await second.getByText('open in another tab').count()).toBe(0)
    expect(await box(page, 'rho').inputValue()).toBe('0.4')
    await page.context().close()
  })

  it('that would be longer than 8 KiB is none: the file is offered in its place', async () => {
    const page = await openPage()
    // words that no compression makes short
    const words = Array.from({ length: 2000 }, (_, k) =>
      Math.sin(k + 1)
        .toString(36)
        .slice(2),
    ).join(' ')
    await pasteModelText(page, `d/dt(x) = -k*x\nk = 1\nx(0) = 10\n# ${words}`)
    await page.getByRole('button', { name: 'Undo: Model text' }).waitFor()
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('button', { name: 'Save project file' }).waitFor()
    expect(await page.getByRole('textbox', { name: 'Link' }).count()).toBe(0)
    await expectAccessible(page)
    await page.context().close()
  })
})

describe('U31 hostile texts', () => {
  const payloads = [
    '<script>window.hacked=1</script>',
    '<img src=x onerror="window.hacked=1">',
    '"><svg onload=window.hacked=1>',
    "javascript:window.hacked=1//'",
    '</title><script>window.hacked=1</script>',
    '{{constructor.constructor("window.hacked=1")()}}',
    '__proto__',
  ]

  it('in links, names, scenarios, regimens and files run nothing, on the page and in what it exports', async () => {
    const page = await openPage()
    await setParameter(page, 'rho', '0.4')
    const plain = JSON.parse((await exported(page, 'Project JSON')).bytes.toString())
    const [model] = Object.keys(plain.desks)
    const all = payloads.join(' ')
    const [scenario] = plain.desks[model!].scenarios
    const label = { label: all }
    scenario.name = all
    scenario.regimen.name = all
    scenario.regimen.doses = scenario.regimen.doses.map((dose: object) => ({ ...dose, ...label }))
    plain.name = all
    const text = `# ${all}\nd/dt(x) = -k*x # ${payloads[0]}\nk = 1 # [1/day] ${all}\nx(0) = 10`
    const folder = await mkdtemp(join(tmpdir(), 'cartkin-hostile-'))
    for (const [k, document] of [plain, { ...plain, open: 'your-model', ownText: text, draft: all }].entries()) {
      const file = join(folder, `<img src=x onerror=window.hacked=1>${k}.cartkin.json`)
      await writeFile(file, JSON.stringify(document))
      await page.getByLabel('Project file').setInputFiles(file)
      await page.getByRole('button', { name: /^Undo: Open <img/ }).waitFor()
      await settled(page)
      expect((await exported(page, 'Report HTML')).bytes.toString()).not.toMatch(/<script|onerror="|<img src=x/)
      const panel = await page.locator('.panel h2').first().textContent()
      const svg = (await exported(page, `${panel} SVG`)).bytes.toString()
      expect(svg).not.toMatch(/<script|<img|onload=[^&]*>|href/)
      const link = await linkOf(page)
      const context = await fresh()
      const opened = await context.newPage()
      await opened.goto(link)
      await opened.getByRole('button', { name: 'Inspect' }).click()
      await opened.getByRole('button', { name: 'Run', exact: true }).click()
      await drawn(opened)
      expect(await opened.evaluate(() => 'hacked' in window)).toBe(false)
      await context.close()
    }
    await page.getByLabel('Project file').setInputFiles({
      name: '<img src=x onerror=window.hacked=1>.cartkin.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"schema":1'),
    })
    await page.getByText('.cartkin.json cannot be opened: it is not JSON').waitFor()
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    await rm(folder, { recursive: true })
    await page.context().close()
  })
})

/** Columns of a table by name. */
const valuesOf = (table: {
  readonly columns: readonly { readonly name: string; readonly values: ArrayLike<unknown> }[]
}) => new Map(table.columns.map((column) => [column.name, Array.from(column.values)]))

/** Runs a plan with the command line; the hashes of its results by file. */
async function runPlan(files: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'cartkin-plan-'))
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
  const plan = Object.keys(files).find((name) => name.endsWith('.yaml')) ?? ''
  const command = join(root, 'apps/cli/bin/cartkin.mjs')
  await run(process.execPath, [command, 'run', join(folder, plan), '--out', join(folder, 'results')])
  const { files: made } = JSON.parse(await readFile(join(folder, 'results/manifest.json'), 'utf8'))
  await rm(folder, { recursive: true })
  return new Map(made.map(({ name, sha256 }: { name: string; sha256: string }) => [name, sha256]))
}

/** The files that "Reproduce in Node" offers, once it names so many hashes. */
async function planFiles(page: Page, hashes: number): Promise<Readonly<Record<string, string>>> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByRole('button', { name: /^Reproduce in Node/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Reproduce in Node' })
  const known = async () => (await page.getByLabel('Plan').inputValue()).match(/^# {3}\S+\.arrow {2}[0-9a-f]{64}$/gm)
  await expect.poll(async () => (await known())?.length, patiently).toBe(hashes)
  const files: Record<string, string> = {}
  for (const button of await dialog.getByRole('button', { name: /^Save / }).all()) {
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()])
    files[download.suggestedFilename()] = await readFile(await download.path(), 'utf8')
  }
  await page.keyboard.press('Escape')
  return files
}

/** The hashes that a plan names, by result file. */
const namedHashes = (files: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(
    Object.values(files).flatMap((text) =>
      [...text.matchAll(/^# {3}(\S+) {2}([0-9a-f]{64})$/gm)].map(([, name = '', hash = '']) => [name, hash] as const),
    ),
  )

describe('U32 exports', () => {
  it('hold what is on the page, and a plan computes it in Node to the same hashes', async () => {
    const page = await openPage({ acceptDownloads: true })
    await setParameter(page, 'rho', '0.4')
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
    await setParameter(page, 'rho', '0.5')
    await settled(page)
    const [csv, arrow] = [await exported(page, 'CSV'), await exported(page, 'Arrow')]
    const [fromCsv, fromArrow] = [csvToTable(csv.bytes.toString(), csv.name), arrowToTable(arrow.bytes)]
    expect(valuesOf(fromCsv)).toEqual(valuesOf(fromArrow))

    const heading = page.locator('.panel h2').nth(1)
    const panel = await heading.textContent()
    const svg = (await exported(page, `${panel} SVG`)).bytes.toString()
    expect(svg).toMatch(/^<svg /)
    expect(svg).not.toMatch(/<script|href|url\(http/)
    const widths = []
    for (const scale of [1, 2, 3]) {
      const { bytes } = await exported(page, `${panel} PNG ${scale}×`)
      expect(bytes.subarray(1, 4).toString()).toBe('PNG')
      widths.push(bytes.readUInt32BE(16))
    }
    expect(Math.abs(widths[1]! - 2 * widths[0]!)).toBeLessThanOrEqual(2)
    expect(Math.abs(widths[2]! - 3 * widths[0]!)).toBeLessThanOrEqual(3)

    const report = (await exported(page, 'Report HTML')).bytes.toString()
    expect(report).toContain('<td>0.4</td>')
    expect(report).not.toMatch(/<script|src="(?!data:)/)

    const files = await planFiles(page, 2)
    const found = await runPlan(files)
    for (const [name, hash] of namedHashes(files)) expect(found.get(name)).toBe(hash)
    expect([...found.values()]).toContain(await sha256Hex(arrow.bytes))

    // a text of one's own lies beside its plan
    await pasteModelText(page, 'k = 0.3 # [1/day] Loss\nd/dt(x) = -k*x # [cells] Cells\nx(0) = 10')
    await page.getByRole('heading', { level: 1, name: 'Your model' }).waitFor()
    await settled(page)
    const own = await planFiles(page, 2)
    expect(Object.keys(own).length).toBe(2)
    const computed = await runPlan(own)
    for (const [name, hash] of namedHashes(own)) expect(computed.get(name)).toBe(hash)
    await page.context().close()
  })

  it('CSV has the numbers of the tables on the page', async () => {
    const page = await openPage({ acceptDownloads: true })
    await settled(page)
    const columns = valuesOf(csvToTable((await exported(page, 'CSV')).bytes.toString(), 'course.csv'))
    const panel = page.locator('.panel').first()
    await panel.getByRole('button', { name: /: show as table$/ }).click()
    const table = panel.getByRole('table').first()
    await table.waitFor()
    const rows = await table.evaluate((element) =>
      [...element.querySelectorAll('tbody tr')].map((row) =>
        [...row.querySelectorAll('th, td')].map(({ textContent }) =>
          Number(textContent.trim().replaceAll(',', '').replace('−', '-')),
        ),
      ),
    )
    expect(rows.length).toBeGreaterThan(50)
    const times = columns.get('time') ?? []
    /** Whether a column of the file has the values of the table, of which three digits are shown. */
    const isShown = (values: readonly unknown[]): boolean =>
      rows.every(([time = Number.NaN, value = Number.NaN]) => {
        const exact = Number(values[times.indexOf(time)])
        return Math.abs(value - exact) <= 0.0051 * Math.abs(exact)
      })
    expect([...columns].filter(([, values]) => isShown(values)).length).toBe(1)
    await page.context().close()
  })
})

describe('U33 menus and windows of what is saved', () => {
  it('are found without fault', async () => {
    const page = await openPage({ colorScheme: 'dark' })
    await setParameter(page, 'rho', '0.4')
    await page.getByRole('tab', { name: 'Runs' }).click()
    await page.locator('.runs li').first().waitFor()
    await settled(page)
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Project:/ }).click()
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Share' }).click()
    await page.getByRole('textbox', { name: 'Link' }).waitFor()
    await expectAccessible(page)
    await page.context().close()
  })
})

describe('U2 the browser', () => {
  it('has complained of nothing', () => expect(complaints).toEqual([]))
})
