import { ByteWriter } from './byte-writer.ts'
import { CodeBody } from './code-body.ts'
import { LaneAssembler } from './lane-assembler.ts'
import type { ConstantTable } from './lane-stack.ts'
import type { LaneNumber } from './lane-value.ts'
import type { MathCode } from './math-code.ts'
import { recipes } from './math-recipes.ts'
import type { TableName } from './math-table.ts'

/** Notes what a recipe wants of its table; every constant has an address range of its own. */
class ConstantNotes implements ConstantTable {
  static readonly range = 65536
  readonly constants: (number | bigint | TableName)[] = []

  constantAddress(value: number | bigint): number {
    return this.#address(value)
  }

  tableAddress(name: TableName): number {
    return this.#address(name)
  }

  #address(constant: number | bigint | TableName): number {
    const known = this.constants.findIndex((other) => Object.is(other, constant))
    return ConstantNotes.range * (known < 0 ? this.constants.push(constant) - 1 : known)
  }
}

/** A body that notes where addresses and callees stand: always at the end of an instruction. */
class NotedBody extends CodeBody {
  readonly gaps: { readonly end: number; readonly target: number }[] = []

  override f64Load(offset = 0): this {
    return this.#noted(super.f64Load(offset), offset)
  }

  override call(functionIndex: number): this {
    return this.#noted(super.call(functionIndex), functionIndex)
  }

  #noted(body: this, target: number): this {
    this.gaps.push({ end: this.byteLength, target })
    return body
  }
}

/** Writes the recipe of that name for one lane, with gaps. */
export function recordMathCode(name: string): MathCode {
  const recipe = recipes.get(name)
  if (recipe === undefined) throw new RangeError(`recordMathCode: there is no recipe "${name}"`)
  const notes = new ConstantNotes()
  const callees: string[] = []
  // beyond all addresses
  const firstCallee = 2 ** 31
  const callee = (name: string) => firstCallee + callees.push(name) - 1
  const body = new NotedBody(recipe.arity === 1 ? ['f64'] : ['f64', 'f64'])
  const lane = new LaneAssembler(body, 1, { table: notes, callee })
  const x: LaneNumber = { kind: 'number', local: 0 }
  const result = recipe.arity === 1 ? recipe.write(lane, x) : recipe.write(lane, x, { kind: 'number', local: 1 })
  const instructions = body.localGet(result.local).byteLength
  const entry = new ByteWriter()
  body.writeContent(entry)
  const content = entry.content()
  const first = content.length - instructions - 1
  const bytes: number[] = []
  const gaps: (readonly [number, number | string, number])[] = []
  let from = 0
  let before = 0
  for (const { end, target } of body.gaps) {
    const encoded = new ByteWriter()
    encoded.unsigned(target)
    bytes.push(...content.subarray(from, first + end - encoded.length))
    from = first + end
    const distance = bytes.length - before
    before = bytes.length
    if (target >= firstCallee) gaps.push([distance, callees[target - firstCallee]!, 0])
    else gaps.push([distance, Math.floor(target / ConstantNotes.range), target % ConstantNotes.range])
  }
  bytes.push(...content.subarray(from))
  return { constants: notes.constants, bytes, gaps }
}
