import { characterTexts } from './characters.ts'
import { codeTexts } from './code.ts'
import { meaningTexts } from './meaning.ts'
import { nameTexts } from './names.ts'
import { numberTexts } from './numbers.ts'
import { sizeTexts } from './sizes.ts'
import type { HostileTexts } from './text-forms.ts'
import { unfinishedTexts } from './unfinished.ts'

/** All hostile texts, by family and by what each tries. */
export const hostileTexts: Readonly<Record<string, HostileTexts>> = {
  code: codeTexts,
  names: nameTexts,
  characters: characterTexts,
  numbers: numberTexts,
  unfinished: unfinishedTexts,
  meaning: meaningTexts,
  sizes: sizeTexts,
}

/** One of them, made. */
export function hostileText(family: string, name: string): string {
  const text = hostileTexts[family]?.[name]
  if (text === undefined) throw new RangeError(`there is no hostile text '${name}' among '${family}'`)
  return typeof text === 'string' ? text : text()
}
