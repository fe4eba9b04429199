import type { ParseResult } from './model.ts'

/** What the text may rely on beside itself. */
export interface ParseOptions {
  /** Names that data will supply (columns of an event file). */
  readonly covariates?: readonly string[]
}

/** Reads a model text. Never throws on any text; every problem is a diagnostic with its place. */
export declare function parseModel(text: string, options?: ParseOptions): ParseResult
