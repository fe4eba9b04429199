/** Something that can be done on the page, by its name. */
export interface Command {
  /** What it does, as it is listed: "Pin as scenario". */
  readonly title: string
  /** What it belongs to: "Scenarios". */
  readonly group: string
  /** The key that does the same; absent where there is none. */
  readonly keys?: string
  readonly run: () => void
}
