import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryModels } from '@cartkin/cart-models'
import { describe, expect, it } from 'vitest'
import { cartkin, folderWith } from './run-main.ts'

const oral = `# Oral dosing
oral <- function() {
  units <- list(time = "h")
  ini({
    tka <- c(-1, 0.5, 2) # [1/h] absorption
    tv <- fixed(3)
    eta.ka ~ 0.1
    eta.v ~ 0.2
    sd <- 0.3
  })
  model({
    ka <- exp(tka + eta.ka)
    v <- exp(tv + eta.v) * (WT / 70)
    if (SEX == "female") v <- v * 2
    d/dt(depot) <- -ka * depot # [mg] in the gut
    d/dt(central) <- ka * depot - central / v
    cp <- central / v
    cp ~ add(sd) | conc
  })
}
`

describe('check', () => {
  it('tells everything that a text says', async () => {
    const { code, out, note } = await cartkin(folderWith({ 'm.R': oral }), ['check', 'm.R', '--json'])
    expect([code, note]).toEqual([0, ''])
    const facts = JSON.parse(out)
    expect(facts).toMatchObject({ model: 'm.R', ok: true, timeUnit: 'h', title: 'Oral dosing' })
    expect(facts.states).toEqual([
      { name: 'depot', unit: 'mg', label: 'in the gut' },
      { name: 'central', unit: '', label: '' },
    ])
    expect(facts.parameters[0]).toMatchObject({
      name: 'tka',
      value: 0.5,
      lower: -1,
      upper: 2,
      unit: '1/h',
      fixed: false,
    })
    expect(facts.parameters[1]).toMatchObject({ name: 'tv', lower: null, fixed: true })
    expect(facts.inputs).toMatchObject([
      { name: 'WT', levels: [] },
      { name: 'SEX', levels: ['female'] },
    ])
    expect(facts.randomEffects).toMatchObject([
      { name: 'eta.ka', variance: 0.1, level: 'id' },
      { name: 'eta.v', variance: 0.2 },
    ])
    expect(facts.endpoints).toEqual([{ name: 'cp', endpoint: 'conc', residual: 'add(sd)' }])
    expect(facts.outputs.map(({ name }: { name: string }) => name)).toEqual(['ka', 'v', 'cp'])
  })

  it.each([
    ['cl = 1; v = 2; C = linCmt(); d/dt(E) = C - E', 'linCmt() in closed form\n'],
    [
      'k = 1; T = 3; d/dt(A) = 2 - k*A; d/dt(B) = ifelse(t < T, 0, k)*A - B',
      'linear between events: solved in closed form\n',
    ],
    ['cl0 = 1; v = 2; cl = cl0*(1 + E); C = linCmt(); d/dt(E) = C - E', 'linCmt() integrated: its parameters change'],
  ])('tells what is solved in closed form: %s', async (text, line) => {
    expect((await cartkin(folderWith({ 'm.R': text }), ['check', 'm.R'])).out).toContain(line)
  })

  it('shows the same as tables', async () => {
    const { out } = await cartkin(folderWith({ 'm.R': oral }), ['check', 'm.R'])
    const words = out.split('\n').map((line) =>
      line
        .split('  ')
        .filter((word) => word !== '')
        .map((word) => word.trim()),
    )
    expect(words).toContainEqual(['m.R: no errors'])
    expect(words).toContainEqual(['time in h'])
    expect(words).toContainEqual(['tka', '0.5', '-1 to 2', '1/h', 'absorption'])
    expect(words).toContainEqual(['SEX', '1 = "female"'])
    expect(words).toContainEqual(['conc', 'cp', 'add(sd)'])
  })

  it('reports all errors at once, each with line, column and caret', async () => {
    const text = 'k = 1\nd/dt(A) = -k*foo(A)\nz = )\ny = 2 * / 3\n'
    const folder = folderWith({ 'm.txt': text })
    const { code, note } = await cartkin(folder, ['check', 'm.txt'])
    expect(code).toBe(3)
    const heads = note.split('\n').filter((line) => line.startsWith('m.txt:'))
    expect(heads).toHaveLength(3)
    expect(
      note.split('\n').filter((line) => line.trim() !== '' && [...line.trim()].every((c) => c === '^')),
    ).toHaveLength(heads.length)
    const json = JSON.parse((await cartkin(folder, ['check', 'm.txt', '--json'])).out)
    expect(json).toMatchObject({ ok: false, error: { exitCode: 3 } })
    expect(json.errors.map(({ line, column }: { line: number; column: number }) => `m.txt:${line}:${column}:`)).toEqual(
      heads.map((head) => head.slice(0, head.indexOf(' '))),
    )
  })
})

describe('convert', () => {
  it.each(libraryModels.map(({ id }) => id))('writes %s as text that has the hash of the model', async (id) => {
    const folder = folderWith()
    const { code } = await cartkin(folder, ['convert', id, '--to', 'rx', '--out', 'm.txt'])
    expect(code).toBe(0)
    const hash = async (name: string) => JSON.parse((await cartkin(folder, ['check', name, '--json'])).out).hash
    expect(await hash('m.txt')).toBe(await hash(id))
    expect((await cartkin(folder, ['convert', 'm.txt', '--to', 'rx'])).out).toBe(
      readFileSync(join(folder, 'm.txt'), 'utf8'),
    )
  })

  it('writes LaTeX, and says so as JSON', async () => {
    const folder = folderWith({ 'm.R': oral })
    const { out } = await cartkin(folder, ['convert', 'm.R', '--to', 'latex', '--json'])
    const { text, to, hash } = JSON.parse(out)
    expect(text).toContain('\\frac{d \\mathit{depot}}{dt}')
    expect([to, hash.length]).toEqual(['latex', 64])
  })

  it.each([
    ['no form', ['convert', 'stein-2019'], 2, '--to rx|latex|compose is needed'],
    ['an unknown form', ['convert', 'stein-2019', '--to', 'pdf'], 2, 'expected rx, latex'],
    ['no such folder', ['convert', 'stein-2019', '--to', 'rx', '--out', 'x/y.txt'], 3, 'its folder does not exist'],
    ['a model with errors', ['convert', 'bad.txt', '--to', 'rx'], 3, 'bad.txt:1:'],
  ])('refuses %s', async (_, words, code, message) => {
    const ended = await cartkin(folderWith({ 'bad.txt': 'd/dt(x) = )\n' }), words)
    expect([ended.code, ended.note]).toEqual([code, expect.stringContaining(message)])
  })
})
