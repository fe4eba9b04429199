import { libraryModel } from '@cartkin/cart-models'
import { problemNamed } from './problems/problems.ts'

/** Texts of 3, 20, 41 and 300 states, by name. */
export const languageTexts: ReadonlyMap<string, string> = new Map([
  ...['ROBER', 'P1'].map((name) => [name, problemNamed(name).text] as const),
  ['lupus-qsp', libraryModel('lupus-qsp').text],
  ['NET300', problemNamed('NET300').text],
])
