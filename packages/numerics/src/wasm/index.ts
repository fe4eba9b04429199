export { type BlockType, FunctionBody } from './function-body.ts'
export { type FunctionIndex, type FunctionSignature, ModuleBuilder } from './module-builder.ts'
export type { ValueType } from './value-type.ts'
