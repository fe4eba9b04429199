/** Something that a regimen cannot mean, with its place in the document. */
export interface RegimenIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Where in a document something stands. */
export type Path = RegimenIssue['path']

/** What is wrong with a regimen, each thing told once. */
export class RegimenIssues {
  readonly list: RegimenIssue[] = []

  tell(path: Path, message: string): void {
    if (!this.list.some((issue) => issue.message === message && issue.path.join() === path.join()))
      this.list.push({ path, message })
  }

  /** The value, where it is no problem; else the problem is told. */
  read<T extends object | number>(read: T | { readonly problem: string }, path: Path): T | null {
    if (typeof read !== 'object' || !('problem' in read)) return read
    this.tell(path, read.problem)
    return null
  }
}
