import { ByteWriter } from './byte-writer.ts'
import { type ValueType, valueTypeCodes } from './value-type.ts'

/** Number of a function within its module, as `call` takes it. */
export type FunctionIndex = number

/** Types of a function's parameters and results. */
export interface FunctionSignature {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** The code of a function, which `writeTo` appends in the form of the code section. */
export interface FunctionBody {
  writeTo(writer: ByteWriter): void
}

interface DeclaredFunction {
  readonly type: number
  readonly name: string | undefined
  body: FunctionBody | undefined
}

type MemoryOrigin =
  | { readonly kind: 'imported'; readonly module: string; readonly name: string; readonly pages: number }
  | { readonly kind: 'own'; readonly exportName: string | undefined; readonly pages: number }

/**
 * A WebAssembly module in the making: functions, one memory, data, exports.
 *
 * Functions are declared, so that others may call them, and then defined, in any order.
 */
export class ModuleBuilder {
  readonly #types: FunctionSignature[] = []
  readonly #typeIndices = new Map<string, number>()
  readonly #functions: DeclaredFunction[] = []
  readonly #exports = new Map<string, FunctionIndex>()
  readonly #data: { readonly offset: number; readonly bytes: Uint8Array }[] = []
  #memory: MemoryOrigin | undefined

  /** The module's memory comes from outside, `pages` of 64 KiB at least. */
  importMemory(module: string, name: string, pages: number): void {
    this.#setMemory({ kind: 'imported', module, name, pages })
  }

  /** The module has a memory of its own, `pages` of 64 KiB at first. */
  memory(pages: number, exportName?: string): void {
    this.#setMemory({ kind: 'own', exportName, pages })
  }

  /** A function to be defined later; the name shows in stack traces and profiles. */
  declare(signature: FunctionSignature, name?: string): FunctionIndex {
    const key = `${signature.parameters.join()}:${signature.results.join()}`
    let type = this.#typeIndices.get(key)
    if (type === undefined) {
      type = this.#types.length
      this.#types.push(signature)
      this.#typeIndices.set(key, type)
    }
    this.#functions.push({ type, name, body: undefined })
    return this.#functions.length - 1
  }

  /** Gives a declared function its body. */
  define(index: FunctionIndex, body: FunctionBody): void {
    const declared = this.#functions[index]
    if (declared === undefined) throw new RangeError(`define: there is no function ${index}; declare it first`)
    if (declared.body !== undefined) throw new Error(`define: ${label(declared, index)} is defined already`)
    declared.body = body
  }

  /** Makes a function visible outside under a name. */
  export(name: string, index: FunctionIndex): void {
    if (this.#exports.has(name)) throw new Error(`export: the name "${name}" is taken`)
    if (this.#functions[index] === undefined) throw new RangeError(`export: there is no function ${index}`)
    this.#exports.set(name, index)
  }

  /** Bytes that an instance writes to its memory at `offset` when it is made. */
  data(offset: number, bytes: Uint8Array): void {
    this.#data.push({ offset, bytes })
  }

  /** The module in WebAssembly's binary format. */
  build(): Uint8Array<ArrayBuffer> {
    const out = new ByteWriter()
    out.bytes([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
    section(out, 1, this.#types, (writer, { parameters, results }) => {
      writer.byte(0x60)
      for (const list of [parameters, results]) {
        writer.unsigned(list.length)
        for (const type of list) writer.byte(valueTypeCodes[type])
      }
    })
    const memory = this.#memory
    if (memory?.kind === 'imported') {
      section(out, 2, [memory], (writer, { module, name, pages }) => {
        writer.name(module)
        writer.name(name)
        writer.bytes([0x02, 0x00])
        writer.unsigned(pages)
      })
    }
    section(out, 3, this.#functions, (writer, { type }) => writer.unsigned(type))
    if (memory?.kind === 'own') {
      section(out, 5, [memory], (writer, { pages }) => {
        writer.byte(0x00)
        writer.unsigned(pages)
      })
    }
    const exports: [name: string, kind: number, index: number][] = []
    for (const [name, index] of this.#exports) exports.push([name, 0x00, index])
    if (memory?.kind === 'own' && memory.exportName !== undefined) exports.push([memory.exportName, 0x02, 0])
    section(out, 7, exports, (writer, [name, kind, index]) => {
      writer.name(name)
      writer.byte(kind)
      writer.unsigned(index)
    })
    section(out, 10, [...this.#functions.entries()], (writer, [index, declared]) => {
      if (declared.body === undefined) throw new Error(`build: ${label(declared, index)} is declared but not defined`)
      declared.body.writeTo(writer)
    })
    section(out, 11, this.#data, (writer, { offset, bytes }) => {
      writer.bytes([0x00, 0x41])
      writer.signed(offset)
      writer.byte(0x0b)
      writer.unsigned(bytes.length)
      writer.bytes(bytes)
    })
    this.#writeNames(out)
    return out.content().slice()
  }

  #writeNames(out: ByteWriter): void {
    const named = [...this.#functions.entries()].filter(([, { name }]) => name !== undefined)
    if (named.length === 0) return
    const names = new ByteWriter()
    names.unsigned(named.length)
    for (const [index, { name }] of named) {
      names.unsigned(index)
      names.name(name ?? '')
    }
    const content = new ByteWriter()
    content.name('name')
    content.byte(0x01)
    content.sized(names)
    out.byte(0x00)
    out.sized(content)
  }

  #setMemory(memory: MemoryOrigin): void {
    if (this.#memory !== undefined) throw new Error('memory: the module has a memory already')
    this.#memory = memory
  }
}

function section<T>(
  out: ByteWriter,
  id: number,
  entries: readonly T[],
  write: (writer: ByteWriter, entry: T) => void,
): void {
  if (entries.length === 0) return
  const content = new ByteWriter()
  content.unsigned(entries.length)
  for (const entry of entries) write(content, entry)
  out.byte(id)
  out.sized(content)
}

function label({ name }: DeclaredFunction, index: FunctionIndex): string {
  return name === undefined ? `function ${index}` : `function ${index} (${name})`
}
