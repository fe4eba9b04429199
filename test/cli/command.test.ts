import { spawn } from 'node:child_process'
import { existsSync, readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith } from './run-main.ts'

const bin = join(import.meta.dirname, '../../apps/cli/bin/cartkin.mjs')

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly out: string
  readonly note: string
}

/** Runs the command as a process of its own; `act` may disturb it. */
function start(
  words: readonly string[],
  folder: string,
  { node = process.execPath, act = () => {} }: { node?: string; act?: (child: ReturnType<typeof spawn>) => void } = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(node, [bin, ...words], { cwd: folder })
    const texts = { out: '', note: '' }
    child.stdout.on('data', (chunk) => {
      texts.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      texts.note += chunk
    })
    child.on('exit', (code, signal) => resolve({ code, signal, ...texts }))
    act(child)
  })
}

describe('the command', () => {
  it('lists the models', async () => {
    const { code, out } = await start(['models', '--json'], folderWith())
    expect(code).toBe(0)
    expect(JSON.parse(out).map(({ id }: { id: string }) => id)).toContain('lupus-qsp')
  })

  it('ends with 3 for a bad model, its message with file, line and column', async () => {
    const folder = folderWith({ 'm.txt': 'k = 1\nd/dt(A) = -k*(A\n' })
    const { code, note } = await start(['check', 'm.txt'], folder)
    expect([code, note.split('\n')[0]]).toEqual([3, expect.stringMatching(/^m\.txt:2:\d+: error: /)])
  })

  it.skipIf(!existsSync('/usr/bin/node'))(
    'runs on an older Node by handing over to the one of the checkout',
    async () => {
      const { code, out } = await start(['models'], folderWith(), { node: '/usr/bin/node' })
      expect([code, out]).toEqual([0, expect.stringContaining('stein-2019')])
    },
  )

  it('runs through a link', async () => {
    const folder = folderWith()
    symlinkSync(bin, join(folder, 'cartkin'))
    const ended = await new Promise<number | null>((resolve) => {
      spawn(process.execPath, [join(folder, 'cartkin'), 'models', '--help'], { cwd: folder }).on('exit', resolve)
    })
    expect(ended).toBe(0)
  })

  it('is quiet when its reader has seen enough', async () => {
    const { code, note } = await start(['simulate', 'lupus-qsp', '--times', '-5:365:0.1'], folderWith(), {
      act: (child) => child.stdout?.once('data', () => child.stdout?.destroy()),
    })
    expect([code, note]).toEqual([0, ''])
  })

  it('stopped by Ctrl-C ends with 5 and leaves nothing behind', async () => {
    const folder = folderWith()
    const words = ['simulate', 'lupus-qsp', '--population', '2000', '--times', '0:365:10', '--out', 'o.arrow']
    const { code, note } = await start(words, folder, {
      // The first line of progress tells that it runs.
      act: (child) => child.stderr?.once('data', () => child.kill('SIGINT')),
    })
    expect([code, note]).toEqual([5, expect.stringContaining('stopped; nothing was written')])
    expect(note).toContain('Simulating: ')
    expect(readdirSync(folder)).toEqual([])
  })
})
