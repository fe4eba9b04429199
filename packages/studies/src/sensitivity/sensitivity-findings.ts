import type { LocalCourse, MorrisResult, SobolResult, TornadoResult } from '@cartkin/fitting'
import type { EndpointDefinition } from '@cartkin/simulation'

/** What a sensitivity step found. */
export interface SensitivityFindings {
  /** What varied, and how in words. */
  readonly inputs: readonly { readonly name: string; readonly label: string; readonly spread: string }[]
  /** In the order of the outputs; labels and units say where it is the logarithm that was analysed. */
  readonly endpoints: readonly EndpointDefinition[]
  readonly level: number
  readonly undefinedAs: Readonly<Record<string, number>>
  readonly found:
    | { readonly method: 'sobol'; readonly result: SobolResult }
    | { readonly method: 'morris'; readonly result: MorrisResult }
    | { readonly method: 'local'; readonly result: TornadoResult; readonly local: LocalSensitivities }
}

/** Exact sensitivities over time, of the inputs that are parameters. */
export interface LocalSensitivities {
  readonly times: Float64Array
  readonly courses: readonly LocalCourse[]
  /** What has none, and why. */
  readonly notes: readonly string[]
}
