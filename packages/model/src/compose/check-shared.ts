import { quote } from '../text/quote.ts'
import { readUnit } from '../units/read-unit.ts'
import { compareUnits, formatNumber } from '../units/unit.ts'
import { isSameName, type WholeNames } from './name-owners.ts'
import type { Problems } from './problems.ts'
import type { PartName, ReadPart } from './read-part.ts'

/**
 * Warns where a name that parts share is declared in units that clash: an input of several parts, and a connection to the
 * very name, which has no line that the checker of units would see.
 */
export function checkShared(parts: readonly ReadPart[], { owners }: WholeNames, problems: Problems): void {
  const first = new Map<string, PartName & { readonly part: string }>()
  for (const read of parts) {
    for (const [own, known] of read.known) {
      const name = read.names.get(own) ?? own
      const isInput = known.kind === 'input' && !read.connected.has(own)
      if (!isInput && !isSameName(read, own)) continue
      const other = owners.get(name) ?? first.get(name)
      if (isInput && other === undefined) first.set(name, { ...known, part: read.part.id })
      const clash = other && clashOf(known.unit, other.unit)
      if (other === undefined || clash === undefined) continue
      problems.warn(
        read.part.id,
        `${quote(name)} is in [${known.unit}] in part ${quote(read.part.id)} and in [${other.unit}] in part ${quote(other.part)}; ${clash}`,
        { text: read.part.text, at: known.at },
      )
    }
  }
}

function clashOf(left: string, right: string): string | undefined {
  const [a, b] = [readUnit(left), readUnit(right)]
  if (a === undefined || b === undefined || left === '' || right === '') return undefined
  const compared = a.logarithm === b.logarithm ? compareUnits(a.unit, b.unit) : ({ kind: 'dimension' } as const)
  switch (compared.kind) {
    case 'same':
      return undefined
    case 'dimension':
      return 'these are different quantities: correct the connection or a unit.'
    case 'factor': {
      const { ratio } = compared
      return `they differ by a factor of ${formatNumber(ratio > 1 ? ratio : 1 / ratio)}: connect a converted value, or correct a unit.`
    }
  }
}
