/** Names that a text has, whatever their case, as it writes them. */
export class FoldedNames {
  readonly #names = new Map<string, string>()

  constructor(names: Iterable<string>) {
    for (const name of names) if (!this.#names.has(name.toLowerCase())) this.#names.set(name.toLowerCase(), name)
  }

  first(candidates: readonly string[]): string | undefined {
    return this.all(candidates)[0]
  }

  all(candidates: readonly string[]): readonly string[] {
    return candidates.flatMap((candidate) => this.#names.get(candidate) ?? [])
  }
}
