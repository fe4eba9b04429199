import { quote } from '../text/quote.ts'
import type { CompositionInput } from './composition.ts'
import type { Problems } from './problems.ts'
import type { PartName, ReadPart } from './read-part.ts'

/** A name of the whole, and the part that gives it. */
export interface OwnedName extends PartName {
  readonly part: string
  /** The name in the part. */
  readonly own: string
}

/** Every name of the whole. */
export interface WholeNames {
  readonly owners: ReadonlyMap<string, OwnedName>
  readonly inputs: ReadonlyMap<string, CompositionInput>
}

/** Whether a connection says that the whole's name is meant: no line is needed. */
export function isSameName({ connected, names }: ReadPart, own: string): boolean {
  return connected.get(own)?.trim() === names.get(own)
}

/** Finds who gives each name; two that give one, and an input with the name of something else, are told. */
export function nameOwners(parts: readonly ReadPart[], problems: Problems): WholeNames {
  const owners = new Map<string, OwnedName>()
  const inputs = new Map<string, { readonly name: string; readonly parts: string[] }>()
  const clashes = new Set<string>()
  for (const read of parts) {
    const { id, text } = read.part
    for (const [own, known] of read.known) {
      const name = read.names.get(own) ?? own
      if (isSameName(read, own)) continue
      if ((known.kind === 'input' || known.kind === 'level') && !read.connected.has(own)) {
        const given = inputs.get(name) ?? { name, parts: [] }
        if (!given.parts.includes(id)) given.parts.push(id)
        if (known.kind === 'input') inputs.set(name, given)
        continue
      }
      // a state that is dropped gives nothing
      if (known.kind === 'state' && read.dropped.has(own)) continue
      const first = owners.get(name)
      if (first === undefined) {
        owners.set(name, { ...known, part: id, own })
        continue
      }
      clashes.add(name)
      const where = placeIn(parts, first, problems)
      problems.error(
        id,
        `${said(own, name)} of part ${quote(id)} has the name of ${said(first.own, name)} of part ${quote(first.part)}${where}: give one of the parts a prefix or one of the names another, or connect ${quote(own)} to what is meant.`,
        { text, at: known.at },
      )
    }
  }
  for (const read of parts) {
    const { id, text } = read.part
    for (const [own, { kind, at }] of read.known) {
      const name = read.names.get(own) ?? own
      const owner = owners.get(name)
      if (kind !== 'input' || read.connected.has(own) || owner === undefined || clashes.has(name)) continue
      problems.error(
        id,
        `The input ${quote(name)} of part ${quote(id)} has the name of ${said(owner.own, name)} of part ${quote(owner.part)}${placeIn(parts, owner, problems)}: if that is meant, connect it, \`${own}: ${name}\`, else rename one of them.`,
        { text, at },
      )
    }
  }
  return { owners, inputs }
}

function said(own: string, name: string): string {
  return own === name ? quote(own) : `${quote(own)} (renamed ${quote(name)})`
}

function placeIn(parts: readonly ReadPart[], { part, at }: OwnedName, problems: Problems): string {
  const text = parts.find((read) => read.part.id === part)?.part.text
  return text === undefined ? '' : ` (line ${problems.line(text, at)})`
}
