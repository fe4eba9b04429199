/** What a command may touch of the process around it. */
export interface Io {
  /** Folder that relative paths are read from. */
  readonly folder: string
  /** Whether messages go to a terminal, where a line can be written over. */
  readonly terminal: boolean
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal
  /** Results. */
  out(text: string): void
  /** Messages and progress. */
  note(text: string): void
}
