import type { CompiledModel } from './compiled-model.ts'
import type { Model } from './model.ts'

/** Differentiates a model and lays it out as tapes over typed arrays. */
export declare function compileModel(model: Model): CompiledModel
