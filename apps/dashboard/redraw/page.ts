import { courses } from './courses.ts'
import { canvasSide, type Side, vegaSide } from './sides.ts'

/** What is drawn: so many panels with so many curves of so many points each. */
interface Scene {
  readonly panels: number
  readonly curves: number
  readonly points: number
}

declare global {
  interface Window {
    /** Prepares both sides for a scene. */
    readonly prepare: (scene: Scene) => Promise<void>
    /** Draws for some milliseconds, at least once; the time that each update took until it was on the screen, milliseconds. */
    readonly measure: (side: 'canvas' | 'vega', milliseconds: number) => Promise<readonly number[]>
  }
}

const held: { sides?: Readonly<Record<'canvas' | 'vega', Side>> } = {}

function hosts(count: number): readonly HTMLElement[] {
  return Array.from({ length: count }, () => {
    const panel = document.body.appendChild(document.createElement('div'))
    panel.className = 'panel'
    return panel
  })
}

/** When the frame in which the page is now drawn has been handed to the screen. */
function painted(): Promise<void> {
  return new Promise((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done()
      port2.postMessage(null)
    })
  })
}

async function prepare({ panels, curves, points }: Scene): Promise<void> {
  for (const side of Object.values(held.sides ?? {})) side.end()
  document.body.replaceChildren()
  const made = courses(curves, points)
  held.sides = { canvas: await canvasSide(hosts(panels), made), vega: await vegaSide(hosts(panels), made) }
}

async function measure(name: 'canvas' | 'vega', milliseconds: number): Promise<readonly number[]> {
  const side = held.sides?.[name]
  if (!side) throw new Error('no scene has been prepared')
  const durations: number[] = []
  const until = performance.now() + milliseconds
  do {
    const began = performance.now()
    await side.update(durations.length % 4)
    await painted()
    durations.push(performance.now() - began)
  } while (performance.now() < until)
  return durations
}

Object.assign(window, { prepare, measure })
