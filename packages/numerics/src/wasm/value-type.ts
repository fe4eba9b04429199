/** A type of a WebAssembly parameter, result or local. */
export type ValueType = 'i32' | 'i64' | 'f64' | 'v128'

/** The byte of each type in the binary format. */
export const valueTypeCodes: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b }
