import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { languageMarkdown, languageReference, parseModel } from '@cartkin/model'
import { describe, expect, it } from 'vitest'
import { errorsOf } from '../compile-text.ts'

const constructs = languageReference().flatMap((section) => section.constructs)

describe('the page of the language', () => {
  it('is up to date; otherwise run node scripts/write-language-page.ts', () => {
    expect(readFileSync(join(import.meta.dirname, '../../../docs/language.md'), 'utf8')).toBe(languageMarkdown())
  })

  it('has each construct once', () => {
    const twice = languageReference().filter(
      ({ constructs: all }) => new Set(all.map((c) => c.written)).size < all.length,
    )
    expect(twice).toEqual([])
  })

  it('has an example of every supported construct that is taken', () => {
    const refused = constructs
      .filter(({ state }) => state === 'supported')
      .flatMap(({ example, text }) => errorsOf(text).map((error) => `${example}: ${error}`))
    expect(refused).toEqual([])
  })

  it('has an example of every refused construct, whose error names it with its line', () => {
    const silent = constructs.flatMap(({ state, example, text, written }) => {
      if (state !== 'refused') return []
      const parsed = parseModel(text)
      const line = text.slice(0, text.indexOf(example)).split('\n').length
      const name = written.split('(')[0] ?? written
      const isNamed =
        !parsed.ok && parsed.diagnostics.some(({ message, span }) => span.line === line && message.includes(name))
      return isNamed ? [] : [`${example}: ${errorsOf(text).join('; ')}`]
    })
    expect(silent).toEqual([])
  })
})
