import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { barOf } from './bars.ts'
import { median } from './race.ts'
import type { Question, Row } from './row.ts'

const root = join(import.meta.dirname, '..')
const { CHROMIUM = '/usr/bin/chromium' } = process.env

/** Panels side by side, and curves in each. */
const scenes = [1, 20, 1000].flatMap((curves) => [1, 4, 8].map((panels) => ({ panels, curves })))
/** Points of a curve. */
const points = 200

type Side = 'canvas' | 'vega'

/** The page's own functions (apps/dashboard/redraw/page.ts). */
interface RedrawPage {
  prepare(scene: { readonly panels: number; readonly curves: number; readonly points: number }): Promise<void>
  measure(side: Side, milliseconds: number): Promise<readonly number[]>
}

interface Effort {
  readonly rounds: number
  /** Milliseconds that a side draws for in a round, at least one update. */
  readonly turn: number
  /** Milliseconds after which a scene gets no further round. */
  readonly patience: number
}

/**
 * Panels of curves redrawn from arrays as the dashboard does it while a slider moves, and by plain Vega: the same
 * specification with its data replaced, expressions compiled, drawn on a canvas. In turns in one page of a real Chromium,
 * whose frames wait for no display.
 */
export const redraw: Question = {
  name: 'redraw',
  asks: 'How often can panels of curves be redrawn?',
  async *run({ quick, wants }) {
    const wanted = scenes.filter((scene) => wants(nameOf(scene)))
    if (wanted.length === 0) return
    if (!existsSync(CHROMIUM)) {
      yield* wanted.map((scene) =>
        rowOf(scene, [], [], `Chromium: absent (no ${CHROMIUM}; $CHROMIUM says where it is)`),
      )
      return
    }
    const folder = await mkdtemp(join(tmpdir(), 'cartkin-redraw-'))
    const args = ['--no-sandbox', '--disable-gpu', '--disable-frame-rate-limit', '--disable-gpu-vsync']
    build(folder)
    const browser = await chromium.launch({ executablePath: CHROMIUM, args })
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.route('http://redraw.test/**', (route) =>
        route.fulfill({ path: join(folder, new URL(route.request().url()).pathname) }),
      )
      await page.goto('http://redraw.test/index.html')
      await page.waitForFunction(() => 'measure' in globalThis)
      const effort = quick ? { rounds: 3, turn: 250, patience: 2000 } : { rounds: 7, turn: 1000, patience: 30_000 }
      for (const scene of wanted) yield await race(page, scene, effort)
    } finally {
      await browser.close()
      await rm(folder, { recursive: true })
    }
  },
}

type Scene = (typeof scenes)[number]

function nameOf({ panels, curves }: Scene): string {
  return `${panels}x${curves}`
}

function build(folder: string): void {
  const vite = join(root, 'node_modules/.bin/vite')
  const source = join(root, 'apps/dashboard/redraw')
  execFileSync(vite, ['build', source, '--outDir', folder, '--emptyOutDir', '--logLevel', 'error'], { cwd: root })
}

async function race(page: Page, scene: Scene, { rounds, turn, patience }: Effort): Promise<Row> {
  const measure = (side: Side, milliseconds: number): Promise<readonly number[]> =>
    page.evaluate(([name, time]) => (globalThis as typeof globalThis & RedrawPage).measure(name, time), [
      side,
      milliseconds,
    ] as const)
  await page.evaluate((made) => (globalThis as typeof globalThis & RedrawPage).prepare(made), { ...scene, points })
  const ours: (readonly number[])[] = []
  const theirs: (readonly number[])[] = []
  const began = performance.now()
  // where an update takes seconds its first is no warm-up but the measurement
  for (const side of ['canvas', 'vega'] as const) if (scene.curves < 1000) await measure(side, turn)
  for (let round = 0; round < rounds && (round === 0 || performance.now() - began < patience); round++) {
    ours.push(await measure('canvas', turn))
    theirs.push(await measure('vega', turn))
  }
  return rowOf(scene, ours, theirs)
}

/** @param ours, theirs time of each update, round by round, milliseconds */
function rowOf(
  scene: Scene,
  ours: readonly (readonly number[])[],
  theirs: readonly (readonly number[])[],
  absent?: string,
): Row {
  const ratios = ours.map((own, round) => mean(theirs[round] ?? []) / mean(own))
  return {
    question: 'redraw',
    problem: nameOf(scene),
    method: 'canvas',
    rival: 'vega',
    target: Number.NaN,
    ratio: absent === undefined ? median(ratios) : Number.NaN,
    ours: mean(ours.flat()),
    theirs: mean(theirs.flat()),
    unit: 'ms',
    achievedError: Number.NaN,
    rivalError: Number.NaN,
    state: absent === undefined ? 'measured' : 'absent',
    note: absent ?? `${told(ours.flat())}; vega ${told(theirs.flat())}`,
    ...barOf('redraw', nameOf(scene), 'vega', Number.NaN),
  }
}

/** Updates in a second, and the time that 95 % of them keep to. */
function told(durations: readonly number[]): string {
  const sorted = [...durations].sort((a, b) => a - b)
  const p95 = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? Number.NaN
  return `${(1000 / mean(durations)).toPrecision(3)}/s, p95 ${p95.toFixed(1)} ms of ${durations.length}`
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
