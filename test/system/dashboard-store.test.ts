import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { arrowToTable, csvToTable, sha256Hex } from '@cartkin/tables'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { dashboardTests, expectAccessible, settled } from './dashboard-page.ts'

const { browser, complaints, openPage } = dashboardTests()
const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

const box = (page: Page, name: string) => page.getByLabel(new RegExp(`^${name}, .*value`))

async function setParameter(page: Page, name: string, value: string): Promise<void> {
  await box(page, name).fill(value)
  await page.keyboard.press('Enter')
}

const drawn = (page: Page) => page.waitForFunction(() => performance.getEntriesByName('first-curve').length > 0)

async function reload(page: Page): Promise<void> {
  await page.reload()
  await drawn(page)
}

const saved = (page: Page) => page.locator('[data-saving="saved"]').waitFor()

/** Saves something from the menu of exports. */
async function exported(page: Page, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).click(),
  ])
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
}

/** The hash of the project on the page, from a file of it. */
async function projectHash(page: Page): Promise<string> {
  return sha256Hex((await exported(page, 'Project JSON')).bytes)
}

/** The link of the project on the page. */
async function linkOf(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share' }).click()
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.keyboard.press('Escape')
  return link
}

const fresh = async (): Promise<BrowserContext> =>
  browser().newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })

/** Puts something where the page keeps its projects. */
async function poison(page: Page, project: object): Promise<void> {
  await page.evaluate(async (value) => {
    const id = sessionStorage.getItem('cartkin.project') ?? ''
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('cartkin', 1)
      opening.onerror = () => reject(new Error('no database'))
      opening.onsuccess = () => {
        const change = opening.result.transaction('projects', 'readwrite')
        change.objectStore('projects').put({ id, title: 'Poisoned', at: Date.now() + 60_000, past: [], ...value })
        change.oncomplete = () => {
          opening.result.close()
          resolve()
        }
      }
    })
  }, project)
}

describe('U12 the project', () => {
  it('is as it was last shown after a reload at any moment, with its past', { timeout: 240_000 }, async () => {
    const page = await openPage()
    await settled(page)
    for (let k = 0; k < 20; k++) {
      const value = (0.3 + 0.01 * k).toPrecision(3)
      await setParameter(page, 'rho', value)
      // from at once to after it was saved
      await page.waitForTimeout((k % 5) * 130)
      await reload(page)
      expect(Number(await box(page, 'rho').inputValue())).toBe(Number(value))
    }
    await page.getByRole('button', { name: 'Undo: rho' }).click()
    expect(await box(page, 'rho').inputValue()).toBe('0.48')
    await page.context().close()
  })

  it('says when it was saved, and that nothing has left the page', async () => {
    const page = await openPage()
    await page.getByText('Nothing has left this page.').waitFor()
    await settled(page)
    await setParameter(page, 'rho', '0.4')
    await saved(page)
    expect(await page.locator('.status-bar').textContent()).toMatch(
      /Saved in this browser \d\d:\d\d\. Nothing has left/,
    )
    await page.context().close()
  })
})

describe('U14 unsaved text', () => {
  it('is there again after the way back and after the tab was closed', { timeout: 180_000 }, async () => {
    const page = await openPage()
    await page.getByRole('tab', { name: 'Model' }).click()
    const editor = page.locator('.cm-content')
    await editor.click()
    await page.keyboard.press('Control+End')
    for (let k = 0; k < 5; k++) {
      const word = `unfinished_${k} <-`
      await page.keyboard.type(`\n${word}`)
      if (k % 2 === 0) {
        await page.goto('about:blank')
        await page.goBack()
        await drawn(page)
      } else await reload(page)
      await page.getByRole('tab', { name: 'Model' }).click()
      await editor.click()
      // the editor holds no more lines than can be seen
      await page.keyboard.press('Control+End')
      await expect.poll(() => editor.textContent(), { timeout: 20_000 }).toContain(word)
    }
    await page.context().close()
  })
})

describe('U13 a poisoned project', () => {
  const blank = { schema: 1, name: 'Mine', open: 'lupus-qsp', ownText: null, draft: null, desks: {} }
  const endless = 'd/dt(x) = 1e9*cos(1e9*t) - 1e12*(x - t)\nx(0) = 1'
  it.each([
    ['text that is no JSON', { document: '{"schema":1,"open"' }],
    [
      'a document of another form',
      { document: JSON.stringify({ ...blank, desks: { 'lupus-qsp': { scenarios: 3 } } }) },
    ],
    ['a model that there is none of', { document: JSON.stringify({ ...blank, open: 'gone-model' }) }],
    ['a start that did not come to its end', { document: JSON.stringify(blank) }],
    ['a model that never finishes', { document: JSON.stringify({ ...blank, open: 'your-model', ownText: endless }) }],
  ])('is put aside: %s', async (kind, project) => {
    const page = await openPage()
    await setParameter(page, 'rho', '0.4')
    await saved(page)
    await poison(page, project)
    const leaves = kind.startsWith('a start') || kind.startsWith('a model that never')
    // what a page that came to no end leaves behind
    if (leaves)
      await page.evaluate(() => {
        localStorage.setItem('cartkin.starting', sessionStorage.getItem('cartkin.project') ?? '')
      })
    const before = Date.now()
    await reload(page)
    const bar = page.getByRole('alert').filter({ hasText: 'could not be opened' })
    await bar.waitFor()
    expect(Date.now() - before).toBeLessThan(10_000)
    expect(await box(page, 'rho').inputValue()).not.toBe('0.4')
    await setParameter(page, 'rho', '0.5')
    await settled(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      bar.getByRole('button', { name: 'Download what was saved' }).click(),
    ])
    expect(await readFile(await download.path(), 'utf8')).toBe(project.document)
    if (kind.startsWith('a start')) {
      // what was only interrupted is there again
      await Promise.all([page.waitForEvent('load'), bar.getByRole('button', { name: 'Try again' }).click()])
      await drawn(page)
      expect(await page.getByRole('alert').count()).toBe(0)
      await page.getByRole('button', { name: 'Project: Mine' }).waitFor()
      await page.context().close()
      return
    }
    await bar.getByRole('button', { name: 'Discard' }).click()
    await bar.waitFor({ state: 'detached' })
    await saved(page)
    await reload(page)
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await box(page, 'rho').inputValue()).toBe('0.5')
    await page.context().close()
  })
})

describe('U40 a browser that keeps nothing', () => {
  it('is told of once, and the project can be downloaded', async () => {
    const page = await openPage()
    await page.evaluate(() => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError')
      }
    })
    await setParameter(page, 'rho', '0.4')
    const bar = page.getByRole('alert').filter({ hasText: 'its storage is full' })
    await bar.waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      bar.getByRole('button', { name: 'Download project' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/\.cartkin\.json$/)
    await bar.getByRole('button', { name: 'Dismiss' }).click()
    await setParameter(page, 'rho', '0.5')
    await page.waitForTimeout(1200)
    expect(await page.getByRole('alert').count()).toBe(0)
    expect(await page.locator('.status-bar').textContent()).toContain('Not saved: its storage is full')
    await page.context().close()
  })
})

describe('a second tab', () => {
  it('looks on until it takes over, and has then what the first one had', async () => {
    const first = await openPage()
    await setParameter(first, 'rho', '0.4')
    await saved(first)
    const second = await first.context().newPage()
    await second.goto(first.url())
    await drawn(second)
    expect(await box(second, 'rho').inputValue()).toBe('0.4')
    await second.getByText('This project is open in another tab').waitFor()
    await setParameter(first, 'rho', '0.45')
    await second.getByRole('button', { name: 'Take over' }).click()
    await expect.poll(() => box(second, 'rho').inputValue()).toBe('0.45')
    await first.getByText('This project is open in another tab').waitFor()
    await setParameter(second, 'rho', '0.5')
    await saved(second)
    // the page that has it goes
    await second.close()
    await first.getByText('This project is open in another tab').waitFor({ state: 'detached' })
    expect(await box(first, 'rho').inputValue()).toBe('0.5')
    await first.getByRole('button', { name: 'Undo: rho' }).click()
    expect(await box(first, 'rho').inputValue()).toBe('0.45')
    await first.context().close()
  })
})

describe('projects', () => {
  it('are named, begun, found again, and deleted', async () => {
    const page = await openPage()
    await setParameter(page, 'rho', '0.4')
    const menu = page.getByRole('button', { name: /^Project:/ })
    await menu.click()
    await page.getByRole('textbox', { name: 'Name' }).fill('First of two')
    await page.keyboard.press('Enter')
    await expect.poll(() => menu.textContent()).toContain('First of two')
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'New project' }).click()])
    await drawn(page)
    expect(await box(page, 'rho').inputValue()).not.toBe('0.4')
    await setParameter(page, 'rho', '0.6')
    await saved(page)
    await menu.click()
    await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: /^First of two/ }).click()])
    await drawn(page)
    expect(await box(page, 'rho').inputValue()).toBe('0.4')
    await menu.click()
    const others = page.getByRole('list', { name: 'Projects in this browser' })
    await others.getByRole('button', { name: /^Delete/ }).click()
    await others.getByRole('button', { name: 'Delete for good' }).click()
    await others.waitFor({ state: 'detached' })
    await page.context().close()
  })
})

describe('U30 a link', () => {
  it('opens elsewhere to the same project, and runs nothing before it is told to', async () => {
    const page = await openPage()
    await setParameter(page, 'rho', '0.4')
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
    await setParameter(page, 'rho', '0.5')
    const [hash, link] = [await projectHash(page), await linkOf(page)]
    expect(link.length - link.indexOf('#')).toBeLessThanOrEqual(8 * 1024)
    await page.context().close()

    const context = await fresh()
    const opened = await context.newPage()
    const workers: string[] = []
    opened.on('worker', (worker) => workers.push(worker.url()))
    await opened.goto(link)
    await opened.getByText('Opened from a link: 1 changed parameter, 2 scenarios, no data.').waitFor()
    await opened.getByRole('button', { name: 'Inspect' }).click()
    await opened.getByRole('cell', { name: 'rho = 0.4' }).waitFor()
    await opened.waitForTimeout(500)
    expect(workers).toEqual([])
    expect(await opened.evaluate(() => performance.getEntriesByName('first-curve').length)).toBe(0)
    await opened.getByRole('button', { name: 'Run', exact: true }).click()
    await drawn(opened)
    expect(workers.length).toBeGreaterThan(0)
    expect(await box(opened, 'rho').inputValue()).toBe('0.5')
    expect(opened.url()).not.toContain('#')
    expect(await projectHash(opened)).toBe(hash)
    await context.close()
  })

  it('leaves the project that was there, and undo brings it back', async () => {
    const page = await openPage()
    const link = await linkOf(page)
    await setParameter(page, 'rho', '0.4')
    await saved(page)
    await page.goto(`${link.split('#')[0]}?1#${link.split('#')[1]}`)
    await page.getByRole('button', { name: 'Discard' }).click()
    await drawn(page)
    expect(await box(page, 'rho').inputValue()).toBe('0.4')
    // a link that is followed within the page
    await page.evaluate(
      (hash) => {
        location.hash = hash
      },
      link.slice(link.indexOf('#')),
    )
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await drawn(page)
    expect(await box(page, 'rho').inputValue()).not.toBe('0.4')
    await page.getByRole('button', { name: 'Undo: Open the link' }).click()
    await expect.poll(() => box(page, 'rho').inputValue()).toBe('0.4')
    await page.context().close()
  })

  it('opened beside a tab that has the project is a project of its own', async () => {
    const page = await openPage()
    await settled(page)
    await setParameter(page, 'rho', '0.4')
    const link = await linkOf(page)
    await setParameter(page, 'rho', '0.6')
    await saved(page)
    const second = await page.context().newPage()
    await second.goto(link)
    await second.getByRole('button', { name: 'Run', exact: true }).click()
    await drawn(second)
    expect(await box(second, 'rho').inputValue()).toBe('0.4')
    expect(await second.getByText('open in another tab').count()).toBe(0)
    await reload(second)
    expect(await box(second, 'rho').inputValue()).toBe('0.4')
    await reload(page)
    expect(await box(page, 'rho').inputValue()).toBe('0.6')
    await page.context().close()
  })

  it('that cannot be read is refused in words, and the page begins as usual', async () => {
    const page = await openPage()
    const link = await linkOf(page)
    await page.goto(`${page.url()}?2${link.slice(link.indexOf('#'), -6)}`)
    await drawn(page)
    await page.getByText('The link cannot be opened: it is incomplete').waitFor()
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

describe('U32 exports', () => {
  it('hold what is on the page', async () => {
    const page = await openPage({ acceptDownloads: true })
    await setParameter(page, 'rho', '0.4')
    await settled(page)
    const [csv, arrow] = [await exported(page, 'CSV'), await exported(page, 'Arrow')]
    const [fromCsv, fromArrow] = [csvToTable(csv.bytes.toString(), csv.name), arrowToTable(arrow.bytes)]
    const values = (table: {
      readonly columns: readonly { readonly name: string; readonly values: ArrayLike<unknown> }[]
    }) => new Map(table.columns.map((column) => [column.name, Array.from(column.values)]))
    expect(values(fromCsv)).toEqual(values(fromArrow))

    const panel = await page.locator('.panel h2').nth(1).textContent()
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
    await page.context().close()
  })

  it('a plan computes the courses of the page in Node, to the same files', async () => {
    const page = await openPage({ acceptDownloads: true })
    await setParameter(page, 'rho', '0.4')
    await page.getByRole('button', { name: 'Pin as scenario' }).click()
    await setParameter(page, 'rho', '0.5')
    await settled(page)
    const arrow = await exported(page, 'Arrow')
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await page.getByRole('button', { name: /^Reproduce in Node/ }).click()
    await expect.poll(() => page.getByLabel('Plan').inputValue()).toMatch(/(?:^# {3}\S+\.arrow {2}[0-9a-f]{64}\n){2}/m)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Save .*yaml/ }).click(),
    ])
    const folder = await mkdtemp(join(tmpdir(), 'cartkin-plan-'))
    const plan = await readFile(await download.path(), 'utf8')
    await writeFile(join(folder, 'page.plan.yaml'), plan)
    await run(process.execPath, [
      join(root, 'apps/cli/bin/cartkin.mjs'),
      'run',
      join(folder, 'page.plan.yaml'),
      '--out',
      join(folder, 'results'),
    ])
    const { files } = JSON.parse(await readFile(join(folder, 'results/manifest.json'), 'utf8'))
    const found = new Map(files.map(({ name, sha256 }: { name: string; sha256: string }) => [name, sha256]))
    const expected = [...plan.matchAll(/^# {3}(\S+) {2}([0-9a-f]{64})$/gm)]
    expect(expected.length).toBe(2)
    for (const [, name, hash] of expected) expect(found.get(name!)).toBe(hash)
    expect([...found.values()]).toContain(await sha256Hex(arrow.bytes))
    await rm(folder, { recursive: true })
    await page.context().close()
  })
})

describe('runs', () => {
  it('can be gone back to, and equal ones have equal hashes', async () => {
    const page = await openPage()
    await setParameter(page, 'rho', '0.4')
    await settled(page)
    await setParameter(page, 'rho', '0.5')
    await settled(page)
    await page.getByRole('tab', { name: 'Runs' }).click()
    await page.getByRole('button', { name: 'Restore run 2' }).click()
    await expect.poll(() => box(page, 'rho').inputValue()).toBe('0.4')
    const hashes = page.locator('.runs code')
    await expect.poll(() => hashes.count()).toBe(4)
    await expect.poll(() => hashes.nth(0).textContent()).toMatch(/^[0-9a-f]{16}$/)
    expect(await hashes.nth(2).textContent()).toBe(await hashes.nth(0).textContent())
    expect(await hashes.nth(1).textContent()).not.toBe(await hashes.nth(0).textContent())
    await page.getByRole('button', { name: 'Compare with run 1' }).click()
    await expect.poll(() => page.getByRole('button', { name: /Run 1/ }).count()).toBeGreaterThan(0)
    await page.context().close()
  })
})

describe('U33 what keeps projects', () => {
  it('is found without fault: bars, menus, dialogs, runs, and the page of a link', async () => {
    const page = await openPage({ colorScheme: 'dark' })
    await setParameter(page, 'rho', '0.4')
    const link = await linkOf(page)
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
    await page.keyboard.press('Escape')
    const second = await page.context().newPage()
    await second.goto(page.url())
    await second.getByText('This project is open in another tab').waitFor()
    await settled(second)
    await expectAccessible(second)
    await second.goto(`${page.url()}?3${link.slice(link.indexOf('#'))}`)
    await second.getByRole('button', { name: 'Inspect' }).click()
    await expectAccessible(second)
    await page.context().close()
  })
})

describe('U2 the browser', () => {
  it('has complained of nothing', () => expect(complaints).toEqual([]))
})
