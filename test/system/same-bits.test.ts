import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { goldenHashes } from '../compute/same-bits/golden-hashes.ts'

const root = join(import.meta.dirname, '../..')
const { CHROMIUM = '/usr/bin/chromium' } = process.env

interface Held {
  readonly folder: string
  readonly server: Server
  readonly browser: Browser
  readonly page: Page
}

const held: { value?: Held } = {}

function page(): Page {
  if (!held.value) throw new Error('the browser has not been started')
  return held.value.page
}

/** Serves the built page and its scripts to this machine. */
function serve(folder: string): Promise<Server> {
  const server = createServer(async ({ url = '/' }, response) => {
    const name = basename(url)
    const inFolder = name === '' || name.endsWith('.html') ? 'index.html' : join('assets', name)
    try {
      const file = await readFile(join(folder, inFolder))
      response.setHeader('Content-Type', inFolder.endsWith('.js') ? 'text/javascript' : 'text/html').end(file)
    } catch {
      response.writeHead(404).end()
    }
  })
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cartkin-same-bits-'))
  const source = join(root, 'test/system/same-bits')
  execFileSync(
    join(root, 'node_modules/.bin/vite'),
    ['build', source, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error', '--target', 'es2024'],
    { cwd: root },
  )
  const server = await serve(folder)
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  const page = await browser.newPage()
  held.value = { folder, server, browser, page }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  await page.goto(`http://127.0.0.1:${address.port}/`)
  await page.waitForFunction(() => 'hashInWorkers' in window)
})

afterAll(async () => {
  await held.value?.browser.close()
  held.value?.server.close()
  if (held.value) await rm(held.value.folder, { recursive: true })
})

describe('golden runs in Chromium', () => {
  it.each([
    [1, 50],
    [2, 7],
    [3, 1],
    [8, 4],
  ])('have the bits stored by Node with %i workers in chunks of %i', async (workers, chunk) => {
    const hashes = await page().evaluate(([count, size]) => window.hashInWorkers?.(count, size), [
      workers,
      chunk,
    ] as const)
    expect(hashes).toEqual(goldenHashes())
  })

  it('have them in either lane and beside any partner', async () => {
    expect(await page().evaluate(() => window.changedInCompany?.())).toEqual([])
  })
})
