import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryModel, libraryModels } from '@cartkin/cart-models'
import { compileModel, parseModel } from '@cartkin/model'
import { Plausibility } from '@cartkin/simulation'
import { parsePlan, readFilters, shippedPlans } from '@cartkin/studies'
import { expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

const page = (name: string) => readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), 'utf8')

/** The first YAML of a page. */
function yaml(text: string): string {
  const [, block = ''] = text.split('```yaml\n')
  return block.split('```')[0] ?? ''
}

it('the plan of its page can be read, with what repeats', () => {
  const { steps } = parsePlan(yaml(page('plans')), 'plans.md')
  expect(steps.map(({ name }) => name)).toEqual(['full', 'tenth', 'rituximab', 'comparison', 'report'])
  expect(steps[1]).toMatchObject({ model: 'lupus-qsp', parameters: { dose: 1e5 } })
})

it('the filters of the library page can be read and are of its model', async () => {
  const file = join(emptyFolder(), 'f.yaml')
  writeFileSync(file, yaml(page('library')))
  const filters = await readFilters(file, 'f.yaml')
  const { text, endpoints } = libraryModel('lupus-qsp')
  const parsed = parseModel(text)
  if (!parsed.ok) throw new Error('no model')
  expect(new Plausibility(compileModel(parsed.model).model, filters, endpoints).size).toBe(3)
})

it('the library page names models, scenarios and plans that there are', () => {
  const text = page('library')
  const scenarios = libraryModels.flatMap(({ scenarios: own = [] }) => own.map(({ id }) => id))
  const known = new Set([...libraryModels.map(({ id }) => id), ...scenarios, ...shippedPlans])
  const rows = text.split('\n').filter((line) => line.startsWith('| '))
  const named = rows.flatMap((row) =>
    [...row.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+|4-1bb|lupus|rituximab|relapse)`/g)].map(([, name]) => name),
  )
  expect(named.length).toBeGreaterThan(40)
  expect(named.filter((name) => name !== undefined && !known.has(name))).toEqual([])
})

it('the fit of the page on searching can be read', () => {
  const step = yaml(page('searching')).replaceAll('\n', '\n  ')
  const [fit] = parsePlan(`name: p\ntitle: P\nsteps:\n  ${step}`, 'searching.md').steps
  expect(fit).toMatchObject({ multiStart: { starts: 20 }, search: 'nelder-mead' })
})
