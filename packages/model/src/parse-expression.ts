import type { Diagnostic } from './model.ts'

export type NumberExpression =
  | { readonly ok: true; readonly names: readonly string[]; readonly evaluate: (value: (name: string) => number) => number }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Reads one arithmetic expression over parameter names, such as the `amt: w_flu + w_cy` of a regimen. */
export declare function parseExpression(text: string): NumberExpression
