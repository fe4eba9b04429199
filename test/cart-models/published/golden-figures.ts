import { keyNumberStudies, runKeyNumberStudy } from '@cartkin/cart-models'
import { packageFile } from '../fixtures.ts'

const file: unknown = JSON.parse(packageFile('evidence/golden/golden_key_numbers.json'))

/** The figures of a section of the key-number file, nested names joined by dots: `IL6.0`, `CAR.28`. */
export function goldenFigures(section: string): Readonly<Record<string, number>> {
  const entries = leaves(new Map(Object.entries(Object(file))).get(section), '')
  if (entries.length === 0) throw new Error(`the key-number file has no section ${section}`)
  return Object.fromEntries(entries)
}

function leaves(value: unknown, path: string): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[path, value]]
  return Object.entries(Object(value)).flatMap(([name, inner]) => leaves(inner, path === '' ? name : `${path}.${name}`))
}

/** Our figures of the study with this name. */
export function figuresOf(name: string): Readonly<Record<string, number>> {
  const study = keyNumberStudies.find((candidate) => candidate.name === name)
  if (study === undefined) throw new Error(`no study is named ${name}`)
  return runKeyNumberStudy(study)
}

/** Relative distance from a figure; the distance itself where the figure is 0. */
export function distance(ours: number | undefined, golden: number): number {
  return Math.abs((ours ?? Number.NaN) - golden) / (golden === 0 ? 1 : Math.abs(golden))
}
