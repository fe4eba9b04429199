import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { libraryModels, type Trust, taggedText } from '@cartkin/cart-models'
import { formatValue } from '@cartkin/charts'
import { createNodePool } from '@cartkin/compute/node'
import { publishModelPages } from '@cartkin/studies'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { modelOf } from '../cart-models/fixtures.ts'
import { allTargets } from '../cart-models/target-rows.ts'
import { unbalancedTags } from '../reports/unbalanced-tags.ts'

const letters: Readonly<Record<Trust, string>> = {
  found: 'F',
  'found-secondary': 'F2',
  memory: 'M',
  derived: 'D',
  assumption: 'A',
  fitted: 'fit',
}
const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

const folder = mkdtempSync(join(tmpdir(), 'cartkin-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pages = join(folder, 'models')
const pageOf = (name: string) => readFileSync(join(pages, `${name}.html`), 'utf8')

beforeAll(async () => {
  const pool = createNodePool({ size: 1 })
  try {
    const { signal } = new AbortController()
    await publishModelPages(pages, undefined, { pool, subjects: 100, seed: 1, signal, progress: () => {} })
  } finally {
    await pool.close()
  }
})

const tuned = new Set(allTargets().flatMap(({ id, tuning }) => (tuning === 'none' ? [] : [id])))

describe.each(libraryModels)('the page of $id', (library) => {
  const held = { html: '', rows: [] as readonly string[] }
  beforeAll(() => {
    held.html = pageOf(library.id)
    held.rows = held.html.split('<tr>')
  })
  const html = () => held.html
  const rowsOf = (head: string) => held.rows.filter((part) => part.startsWith(`<th scope="row">${escaped(head)}</th>`))
  const model = modelOf(library.id)

  it('tells which cells die out by chance, and at which rates', () => {
    expect(html().includes('Cure by chance')).toBe(library.extinction !== undefined)
    if (library.extinction === undefined) return
    const { quantity, threshold, birth, death } = library.extinction
    expect(html().includes(`Where ${quantity} is fewer than ${threshold} cells`)).toBe(true)
    for (const name of [birth, death]) expect(html().includes(`at the rate ${name}`)).toBe(true)
  })

  it('is well formed, stands alone and runs nothing', () => {
    expect(unbalancedTags(html())).toEqual([])
    expect(html().includes(`http-equiv="Content-Security-Policy" content="default-src 'none'`)).toBe(true)
    expect(/<script|\son\w+=|<link|javascript:|src=/.test(html())).toBe(false)
    expect([...html().matchAll(/href="([^"]*)"/g)].filter(([, to = '']) => !/^(#s\d+|index\.html)$/.test(to))).toEqual(
      [],
    )
    expect(/NaN|undefined|\[object/.test(html())).toBe(false)
  })

  it('has every parameter with value, tag and source', () => {
    const variances = new Map(
      model.omega.flatMap(({ names, lower }) => names.map((name, k) => [name, lower[(k * (k + 1)) / 2 + k]] as const)),
    )
    for (const { name, value: own } of model.parameters) {
      const value = variances.get(name) ?? own
      const { trust, source } = library.parameters[name]!
      const tag = `${escaped(formatValue(value, 4))}<span class="tag" title=`
      const row = rowsOf(name).find((part) => part.includes(tag) && part.includes(escaped(source)))
      expect(row?.includes(`>${letters[trust]}</span>`), name).toBe(true)
    }
  })

  it('has an equation for every state, and their LaTeX to be copied', () => {
    const [, equations = ''] = html().split('<caption>Differential equations.</caption>')
    const table = equations.slice(0, equations.indexOf('</table>'))
    expect(table.split('<tr>').length - 1).toBe(model.states.length)
    expect(table.split('<mfrac><mrow><mi>d</mi>').length - 1).toBeGreaterThanOrEqual(model.states.length)
    expect(html().includes('<summary>LaTeX: differential equations</summary><pre tabindex="0">\\begin{align*}')).toBe(
      true,
    )
  })

  it('has limits, what to cite, endpoints, published values and scenarios', () => {
    for (const text of [
      library.title,
      library.citation,
      library.reference,
      ...library.limits,
      ...library.endpoints.map(({ label }) => label),
      ...library.observations.flatMap(({ label, source }) => [label, source]),
      ...(library.scenarios ?? []).flatMap(({ id, title }) => [id, title]),
      taggedText(library),
    ])
      expect(html().includes(escaped(text)), text).toBe(true)
  })

  it('tags every published value with its trust', () => {
    for (const { label, trust } of library.observations) {
      const isTagged = rowsOf(label).some((row) => row.includes(`>${letters[trust]}</span>`))
      expect(isTagged, label).toBe(true)
    }
  })

  it('tags the values of its scenarios and the variability of its patients', () => {
    for (const { parameters, notes = {} } of library.scenarios ?? [])
      for (const [name, value] of Object.entries(parameters)) {
        const note = notes[name]
        const tag = note === undefined ? '' : ` [${letters[note.trust]}]`
        expect(html().includes(`${name} = ${formatValue(value, 4)}${tag}`), name).toBe(true)
      }
    for (const { parameter, sd } of library.population?.parameters ?? []) {
      const tag = `${formatValue(sd)}<span class="tag" title=`
      expect(
        rowsOf(parameter).some((row) => row.includes(tag)),
        parameter,
      ).toBe(true)
    }
  })

  it('shows each of its targets with a picture, our value and whether it was tuned to', () => {
    for (const id of library.targets) {
      const [row] = rowsOf(id)
      expect(row?.includes('<svg'), id).toBe(true)
      expect(row?.includes('tuned'), id).toBe(tuned.has(id))
    }
  })

  it('is led to from the index', () => {
    expect(pageOf('index').includes(`<a href="${library.id}.html">${escaped(library.title)}</a>`)).toBe(true)
  })
})

it('the index is well formed', () => expect(unbalancedTags(pageOf('index'))).toEqual([]))
