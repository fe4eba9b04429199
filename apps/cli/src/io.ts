/** What a command may touch of the process around it. */
export interface Io {
  /** Folder that relative paths are read from. */
  readonly folder: string
  /** Whether messages go to a terminal, where a line can be written over. */
  readonly terminal: boolean
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal
  /** Lines of the standard input; absent where there is none. */
  readonly input?: TypedLines
  /** Results. */
  out(text: string): void
  /** Messages and progress. */
  note(text: string): void
}

/** Lines that somebody types, or that stand in a file. */
export interface TypedLines {
  readonly isTerminal: boolean
  read(): AsyncIterable<string>
}
