import { libraryModel, libraryModels, taggedText, trustTags } from '@cartkin/cart-models'
import { canonicalBytes, parseModel } from '@cartkin/model'
import { trustTags as reportTags } from '@cartkin/reports'
import { describe, expect, it } from 'vitest'
import { modelOf } from '../cart-models/fixtures.ts'
import { cartkin, folderWith } from './run-main.ts'

/** Lines that begin with a word. */
const linesOf = (out: string, word: string) => out.split('\n').filter((line) => line.trim().split(/[\s=]/)[0] === word)

describe.each(libraryModels.map(({ id }) => id))('%s', (id) => {
  const { parameters } = libraryModel(id)
  const tags = Object.entries(parameters).map(([name, { trust }]) => [name, `[${trustTags[trust].letter}]`] as const)

  it('shows the trust of every value wherever the values are: in tables, in its text, in what is exported', async () => {
    const folder = folderWith()
    for (const words of [
      ['models', 'show', id],
      ['check', id],
      ['convert', id, '--to', 'rx'],
    ]) {
      const { code, out } = await cartkin(folder, words)
      expect(code).toBe(0)
      for (const [name, tag] of tags)
        expect(
          linesOf(out, name).some((line) => line.includes(tag)),
          `${words.join(' ')}: ${name}`,
        ).toBe(true)
    }
    const latex = (await cartkin(folder, ['convert', id, '--to', 'latex'])).out
    const found = new Map<string, number>()
    for (const [, tag] of tags) found.set(tag, (found.get(tag) ?? 0) + 1)
    for (const [tag, count] of found) expect(latex.split(tag).length - 1, tag).toBe(count)
  })

  it('computes the same with the tags in its text', () => {
    const tagged = parseModel(taggedText(libraryModel(id)))
    if (!tagged.ok) throw new Error(tagged.diagnostics.map(({ message }) => message).join('; '))
    expect(tagged.model.warnings).toEqual([])
    expect(canonicalBytes(tagged.model)).toEqual(canonicalBytes(modelOf(id)))
  })
})

it('models show says what to cite and what a model does not do', async () => {
  const { out } = await cartkin(folderWith(), ['models', 'show', 'lupus-qsp'])
  const { citation, limits } = libraryModel('lupus-qsp')
  for (const text of [citation, ...limits]) expect(out).toContain(text)
  const json = JSON.parse((await cartkin(folderWith(), ['models', 'show', 'lupus-qsp', '--json'])).out)
  expect(json).toMatchObject({ citation, limits })
  expect(json.text).toBe(libraryModel('lupus-qsp').text)
})

it('the tags of reports are those of the library', () => expect(reportTags).toEqual(trustTags))

it('a text without a comment is tagged, too', () => {
  const model = { ...libraryModel('stein-2019'), text: 'foldx = 2\nd/dt(A) = -foldx*A\n' }
  expect(taggedText(model)).toBe('foldx = 2 # trust [F]\nd/dt(A) = -foldx*A\n')
})

describe('models page', () => {
  it.each([
    [['models', 'page'], 2, 'models page needs --out DIR'],
    [['models', 'page', '--out', 'p'], 2, 'needs the ID of a model, or --all'],
    [['models', 'page', 'stein-2019', '--all', '--out', 'p'], 2, 'needs the ID of a model, or --all'],
    [['models', 'page', 'stain-2019', '--out', 'p'], 3, 'did you mean stein-2019?'],
    [['models', '--all'], 2, '--all and --out go with models page, not with list'],
    [['models', 'pages'], 2, 'models knows list, show and page, got pages'],
  ])('%j is refused', async (words, code, message) => {
    const run = await cartkin(folderWith(), words)
    expect([run.code, run.note]).toEqual([code, expect.stringContaining(message)])
  })

  it('writes the page of a model with its index and manifest', async () => {
    const folder = folderWith()
    const { code, out } = await cartkin(folder, ['models', 'page', 'stein-2019', '--out', 'p', '--workers', '1'])
    expect([code, out]).toEqual([0, 'p/index.html\np/stein-2019.html\n'])
    expect((await cartkin(folder, ['verify', 'p'])).code).toBe(0)
  })
})
