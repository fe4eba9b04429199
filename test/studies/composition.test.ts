import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryModel, libraryModels } from '@cartkin/cart-models'
import { createNodePool } from '@cartkin/compute/node'
import { canonicalBytes, parseModel } from '@cartkin/model'
import { compositionYaml, isComposition, parsePlan, readComposition, runPlan } from '@cartkin/studies'
import { describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

/** The blocks of the page, in their order. */
const [tocilizumab = '', il6 = '', whole = '', composed = '', , lupus = ''] = readFileSync(
  new URL('../../docs/composition.md', import.meta.url),
  'utf8',
)
  .split('```')
  .filter((_, k) => k % 2 === 1)
  .map((block) => block.slice(block.indexOf('\n') + 1))

function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const folder = emptyFolder()
  const all = { 'tocilizumab.txt': tocilizumab, 'il6.txt': il6, 'whole.compose.yaml': whole, ...files }
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text)
  return folder
}

const read = (folder: string, name = 'whole.compose.yaml') => readComposition(join(folder, name), name)

describe('the page on composition', () => {
  it('shows what its files make', async () => {
    const { text, warnings, names } = await read(folderWith())
    expect(text).toBe(composed)
    expect(warnings).toEqual([])
    expect(names.get('tocilizumab')?.get('A')).toBe('toc_A')
  })

  it('puts a part in the place of what a library model has', async () => {
    const { text } = await read(folderWith({ 'lupus.compose.yaml': lupus }), 'lupus.compose.yaml')
    expect(text).toContain('k_dist = 0.659 # [1/day] Loss of infused cells to tissue and death [')
    const parsed = parseModel(text)
    expect(parsed.ok && parsed.model.states.map(({ name }) => name).slice(-3)).toEqual(['RTX', 'toc_A', 'toc_P'])
  })
})

describe('a composition that begins with a library model', () => {
  const withLupus = async (text: string) => {
    const { library } = await read(folderWith({ 'lupus.compose.yaml': text }), 'lupus.compose.yaml')
    if (library === null) throw new Error('nothing is known of the whole')
    return library
  }

  it('knows trust, endpoints, patients and the first day of its parts', async () => {
    const library = await withLupus(lupus)
    expect(library.start).toBe(-10)
    expect(library.parameters['rho']?.trust).toBe('fitted')
    expect(library.parameters['toc_CL']).toBeUndefined()
    expect(library.endpoints.map(({ name }) => name)).toContain('SLEDAI_90')
    expect(library.population?.parameters.map(({ parameter }) => parameter)).toContain('rho')
    expect(library.regimen.doses).toHaveLength(4)
  })

  it('has its doses but for those into what is gone', async () => {
    const without = `name: No drugs before\nparts: [{ model: lupus-qsp, connect: { ld: 0 }, drop: [LD] }]\n`
    expect((await withLupus(without)).regimen.doses.map(({ cmt }) => cmt)).toEqual(['CI'])
  })

  it('says nothing of how a bare text is used', async () => {
    expect((await read(folderWith())).library).toBeNull()
  })
})

describe('a library model that is made of others', () => {
  const [made] = libraryModels.filter(({ parts }) => parts !== undefined)

  it('is written as the file that makes it', async () => {
    if (made === undefined) throw new Error('no library model is made of others')
    const written = compositionYaml(made) ?? ''
    const { text, library } = await read(folderWith({ 'own.compose.yaml': written }), 'own.compose.yaml')
    const [own, again] = [made.text, text].map((each) => parseModel(each))
    if (!own?.ok || !again?.ok) throw new Error('errors')
    expect(canonicalBytes(again.model)).toEqual(canonicalBytes(own.model))
    expect(library?.parameters).toEqual(made.parameters)
  })

  it('is the only one that has such a file', () => {
    expect(compositionYaml(libraryModel('lupus-qsp'))).toBeNull()
  })
})

describe('a composition file', () => {
  it('is known by its name', () => {
    expect(['a.compose.yaml', 'A.COMPOSE.YML', 'x/a.compose.json'].every(isComposition)).toBe(true)
    expect(['compose.yaml', 'a.yaml', 'a.compose.yaml.txt', 'lupus-qsp'].some(isComposition)).toBe(false)
  })

  it('may be a part of another', async () => {
    const outer = 'name: outer\nparts:\n  - { id: w, model: whole.compose.yaml, connect: { MAC: "0.5" } }\n'
    const { text } = await read(folderWith({ 'outer.compose.yaml': outer }), 'outer.compose.yaml')
    const parsed = parseModel(text)
    expect(parsed.ok && parsed.model.parameters.some(({ name }) => name === 'MAC')).toBe(false)
  })

  it.each([
    ['an unknown key', whole.replace('prefix', 'prefixes'), /whole\.compose\.yaml:4:\d+: .*prefixes/],
    ['no parts', 'name: x\nparts: []\n', /whole\.compose\.yaml:2:8: parts: /],
    ['a part of itself', 'name: x\nparts: [{ model: whole.compose.yaml }]\n', /is a part of itself/],
    [
      'a model that is nowhere',
      whole.replace('il6.txt', 'lupus-qsq'),
      /lupus-qsq: is not in the library \(did you mean lupus-qsp\?\)/,
    ],
    [
      'a connection to nothing',
      whole.replace('toc_occ', 'toc_oc'),
      /\(part il6\):1:1: error: `blocked` is connected to `toc_oc`, which no part gives\. Did you mean `toc_occ`\?/,
    ],
    [
      'what is wrong in a part',
      whole.replace('prefix: toc_', 'prefix: toc_, drop: [A]'),
      /tocilizumab\.txt:9:1: error: The state `A` is dropped, but `toc_C` reads it/,
    ],
    [
      'what is wrong in the whole',
      whole.replace('blocked: toc_occ', 'base: toc_A'),
      /\(composed text\):\d+:1: error: `IL6\(0\)` depends on a state/,
    ],
  ])('with %s is refused with the place', async (_, text, message) => {
    await expect(read(folderWith({ 'whole.compose.yaml': text }))).rejects.toThrow(message)
  })

  it('is the model of a plan', async () => {
    const folder = folderWith()
    const text = `name: toc
title: Tocilizumab
seed: 1
steps:
  - kind: simulate
    name: course
    model: whole.compose.yaml
    parameters: { MAC: 0.3 }
    times: 0:4:0.5
    regimen: { name: tocilizumab, doses: [{ day: 1, cmt: toc_A, amount: 560 mg }] }
`
    const pool = createNodePool({ size: 1 })
    try {
      const out = join(folder, 'r')
      const plan = { plan: parsePlan(text, 'plan.yaml'), text, file: 'plan.yaml', folder }
      const { manifest } = await runPlan(plan, out, pool)
      expect(manifest.status).toEqual({ ok: 1 })
    } finally {
      await pool.close()
    }
  })
})
