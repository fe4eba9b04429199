/** Numbers by name, all names known to the compiler. */
export type Named<Name extends string> = Readonly<Record<Name, number>>

/** The numbers of those names out of a file's; throws an Error for one that the file lacks. */
export function pick<const Name extends string>(
  names: readonly Name[],
  values: Readonly<Record<string, number>>,
): Named<Name> {
  const missing = names.filter((name) => typeof values[name] !== 'number')
  if (missing.length > 0) throw new Error(`no number ${missing.join(', ')}`)
  return build(names, (name) => values[name]!)
}

/** A number for each name. */
export function build<const Name extends string>(
  names: readonly Name[],
  value: (name: Name, index: number) => number,
): Named<Name> {
  const entries = names.map((name, index) => [name, value(name, index)] as const)
  return Object.fromEntries(entries) as Named<Name>
}
