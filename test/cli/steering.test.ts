import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { main } from '@cartkin/cli'
import { parsePlan, readSteering } from '@cartkin/studies'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith, type Run } from './run-main.ts'

const factors = [1.1, 0.92, 1.05, 0.95, 1.08, 0.93, 1.03, 0.97, 1.04, 0.94]
const rows = (id: number) =>
  factors.map((factor, k) => {
    const t = 0.5 * (k + 1)
    return `${id},${t},0,${10 * (0.7 * Math.exp(-2 * t) + 0.3 * Math.exp(-0.2 * t)) * factor}`
  })
/** Not linear in its state, so that it is integrated. */
const model = `fast = 1
slow = 0.5
share = 0.5
d/dt(x) = -fast*x/(1 + x)
x(0) = 10
C = x*(1 - share) + 10*share*exp(-slow*t)
`
const files = {
  'm.txt': model,
  'd.csv': ['ID,TIME,EVID,DV', ...rows(1)].join('\n'),
  'two.csv': ['ID,TIME,EVID,DV', ...rows(1), ...rows(2)].join('\n'),
}
const words = (out: string, ...more: readonly string[]) => [
  ...['fit', 'm.txt', '--data', 'd.csv', '--endpoint', 'C=log', '--workers', '1', '--out', out],
  ...['--estimate', 'fast=0.001:100,slow=0.001:100,share=0.001:0.999', ...more],
]

/** Runs the program with lines that stand in a file, as it were. */
async function typed(folder: string, all: readonly string[], lines: readonly string[]): Promise<Run> {
  const texts = { out: '', note: '' }
  const code = await main(all, {
    folder,
    terminal: false,
    signal: new AbortController().signal,
    input: {
      isTerminal: false,
      async *read() {
        yield* lines
      },
    },
    out: (text) => {
      texts.out += text
    },
    note: (text) => {
      texts.note += text
    },
  })
  return { code, ...texts }
}

/** Hashes of the files of a result, by name. */
const hashes = (folder: string, out: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    JSON.parse(readFileSync(join(folder, out, 'manifest.json'), 'utf8')).files.map(
      ({ name, sha256 }: { readonly name: string; readonly sha256: string }) => [name, sha256],
    ),
  )
const json = (folder: string, ...path: readonly string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'))

describe('fit --interactive', () => {
  it('takes typed commands, and writes them so that --steer gives the same files again, as does a plan', async () => {
    const folder = folderWith(files)
    const run = await typed(folder, words('live', '--interactive', '--json'), [
      ...['r 3', 'fix fast 1.5', 'fix nobody', 'bound share - 0.9', 'nonsense', ''],
      ...['free fast', '', ''],
    ])
    expect(run.code).toBe(0)
    expect(run.note).toContain('paused after iteration 3')
    expect(run.note).toContain('fast is held at 1.5, and counts as known')
    expect(run.note).toContain(
      'fix nobody is refused: there is no parameter nobody; estimated are fast, slow, share, C.sd',
    )
    expect(run.note).toContain('unknown command nonsense; ? lists them')
    expect(run.note).toMatch(/iteration 4: objective .*fast 1\.5000 \(held\)/)
    const log = json(folder, 'live', 'fit-steering.json')
    expect(log.map(({ command }: { readonly command: string }) => command)).toEqual(['fix', 'bound', 'free'])
    expect(json(folder, 'live', 'manifest.json').options.steering).toEqual({ fit: log })

    const again = await cartkin(folder, words('again', '--steer', 'live/fit-steering.json', '--trace', 'json'))
    expect(again.code).toBe(0)
    expect(hashes(folder, 'again')).toEqual(hashes(folder, 'live'))
    const told = again.note.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line)] : []))
    const kinds = told.map(({ event }) => event.kind)
    expect(kinds.filter((kind: string) => kind === 'changed')).toHaveLength(3)
    expect(kinds.filter((kind: string) => kind === 'iteration')).toHaveLength(JSON.parse(run.out).iterations)
    expect(kinds.at(-1)).toBe('ended')

    // the plan of the run with --steer runs as a plan
    writeFileSync(join(folder, 'plan.yaml'), json(folder, 'again', 'manifest.json').options.plan)
    const planned = await cartkin(folder, ['run', 'plan.yaml', '--out', 'planned', '--workers', '2'])
    expect(planned.code).toBe(0)
    const { 'report.html': _, ...kept } = hashes(folder, 'planned')
    expect(hashes(folder, 'again')).toMatchObject(kept)
  })

  it('what is held at the end is told, reported and handed on', async () => {
    const folder = folderWith(files)
    const run = await typed(folder, words('out', '--interactive', '--profile', 'fast,slow'), [
      'r 2',
      'fix fast 1.5',
      '',
      '',
    ])
    expect(run.note).toContain('fast was held at 1.5 (after iteration 2) and counts as known')
    expect(run.out).not.toMatch(/^fast/m)
    expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain('fast was held at 1.5')
    const kept = json(folder, 'out', 'fit.json')
    expect(kept.held).toEqual([{ name: 'fast', value: 1.5, since: 2 }])
    expect(kept.estimated.map(({ name }: { readonly name: string }) => name)).toEqual(['slow', 'share', 'C.sd'])
    expect(kept.profiles.map(({ name }: { readonly name: string }) => name)).toEqual(['slow'])
    // courses over the uncertainty of the fit take what was held, too
    const drawn = (...more: readonly string[]) =>
      cartkin(folder, [
        'simulate',
        'm.txt',
        '--uncertainty',
        'out',
        '--draws',
        '5',
        '--seed',
        '1',
        '--times',
        '0:2:1',
        ...more,
      ])
    const held = await drawn()
    expect([held.code, held.note]).toEqual([0, expect.any(String)])
    expect((await drawn('--param', 'fast=1.5')).out).toBe(held.out)
    expect((await drawn('--param', 'fast=1')).out).not.toBe(held.out)
  })
})

describe('a stop', () => {
  it('keeps the best values with their covariance, leaves out profiles, and ends with code 5', async () => {
    const folder = folderWith(files)
    const run = await typed(folder, words('out', '--interactive', '--profile', 'all', '--json'), ['r 4', 's'])
    expect(run.code).toBe(5)
    const { outcome, iterations, estimates, profiles } = JSON.parse(run.out)
    expect({ outcome, iterations, profiles }).toEqual({ outcome: { status: 'stopped' }, iterations: 4, profiles: [] })
    expect(estimates.every(({ standardError }: { readonly standardError: number }) => standardError > 0)).toBe(true)
    expect(json(folder, 'out', 'fit-steering.json')).toEqual([{ iteration: 4, command: 'stop' }])
  })

  it('by Ctrl-C is the same', async () => {
    const folder = folderWith(files)
    const stop = new AbortController()
    let note = ''
    const code = await main(words('out', '--trace', 'text', '--max-iterations', '400'), {
      folder,
      terminal: false,
      signal: stop.signal,
      out: () => {},
      note: (text) => {
        note += text
        if (text.startsWith('iteration 1:')) stop.abort()
      },
    })
    expect([code, note]).toEqual([5, expect.stringContaining('stopping: the best values are kept')])
    const [log] = json(folder, 'out', 'fit-steering.json')
    expect(log).toEqual({ iteration: expect.any(Number), command: 'stop' })
    const again = await cartkin(folder, words('again', '--steer', 'out/fit-steering.json'))
    expect(again.code).toBe(5)
    const { 'fit.json': first } = hashes(folder, 'out')
    expect(hashes(folder, 'again')['fit.json']).toBe(first)
  })
})

describe('a stop after the search', () => {
  it('leaves out the bootstrap and keeps the fit', async () => {
    const folder = folderWith(files)
    const stop = new AbortController()
    let note = ''
    const code = await main(words('out', '--trace', 'text', '--bootstrap', '20000', '--seed', '1'), {
      folder,
      terminal: false,
      signal: stop.signal,
      out: () => {},
      note: (text) => {
        note += text
        if (text.startsWith('ended')) stop.abort()
      },
    })
    expect([code, note]).toEqual([5, expect.stringMatching(/The fit is whole; .*left out/)])
    const { fits, bootstrap = null } = json(folder, 'out', 'fit.json')
    expect(fits[0].outcome).toMatchObject({ status: 'converged' })
    const errors = fits[0].estimates.map(({ standardError }: { readonly standardError: number }) => standardError)
    expect(Math.min(...errors)).toBeGreaterThan(0)
    expect(bootstrap).toBe(null)
    expect(json(folder, 'out', 'manifest.json').status).toEqual({ ok: 1, 'uncertainty-left-out': 1 })
    expect(readFileSync(join(folder, 'out', 'report.html'), 'utf8')).toContain('left out')
  })
})

describe('what cannot be', () => {
  it.each([
    ['[{"iteration": 2, "command": "hold", "parameter": "fast"}]', 3, 's.json:1'],
    ['[{"iteration": 2, "command": "fix", "parameter": "fats"}]', 3, 'there is no parameter fats; did you mean fast?'],
    ['[{"iteration": 2, "command": "fix"}]', 3, 's.json:1'],
    [
      '- {iteration: 5, command: stop}\n- {iteration: 2, command: free, parameter: fast}',
      3,
      'stands after a stop|comes after',
    ],
  ])('%s is refused', async (text, expected, message) => {
    const folder = folderWith({ ...files, 's.json': text })
    const { code, note } = await cartkin(folder, words('out', '--steer', 's.json'))
    expect(note).toMatch(new RegExp(message.replaceAll('?', '\\?')))
    expect(code).toBe(expected)
  })

  it('steering of several starts, or of every patient alone', async () => {
    const folder = folderWith({ ...files, 's.json': '[]' })
    mkdirSync(join(folder, 'x'))
    const starts = await cartkin(folder, words('out', '--steer', 's.json', '--multi-start', '3'))
    expect([starts.code, starts.note]).toEqual([3, expect.stringContaining('steering belongs to a fit from one start')])
    const alone = await cartkin(folder, words('out', '--steer', 's.json', '--individual'))
    expect([alone.code, alone.note]).toEqual([
      2,
      expect.stringContaining('--steer belongs to a fit of all patients together'),
    ])
    const closed = await cartkin(folder, words('out', '--interactive'))
    expect([closed.code, closed.note]).toEqual([2, expect.stringContaining('reads commands from the standard input')])
  })
})

it('a fit of every patient alone tells its iterations', async () => {
  const folder = folderWith(files)
  const { code, note } = await cartkin(folder, [
    ...words('out', '--individual', '--no-profiles', '--trace', 'text').map((word) =>
      word === 'd.csv' ? 'two.csv' : word,
    ),
  ])
  expect(code).toBe(0)
  expect(note).toMatch(/^patient 1, search 1, iteration 1: objective /m)
  expect(note).toMatch(/^patient 2, search 1, iteration 1: objective /m)
})

it('the plan and the log of the page on steering can be read', () => {
  const page = readFileSync(new URL('../../docs/steering.md', import.meta.url), 'utf8')
  const block = (language: string) => page.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? ''
  const step = block('yaml').replaceAll('\n', '\n  ')
  const [fit] = parsePlan(`name: p\ntitle: P\nsteps:\n  ${step}`, 'steering.md').steps
  expect(fit?.kind === 'fit' && fit.steering).toHaveLength(3)
  expect(readSteering(block('json'), 'steering.md').map(({ iteration }) => iteration)).toEqual([3, 23])
})
