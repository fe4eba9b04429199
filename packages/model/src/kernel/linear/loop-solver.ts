import { CodeBody, type FunctionIndex, type ModuleBuilder } from '@cartkin/numerics/wasm'
import type { Algebra } from '../../graph/algebra.ts'
import type { Store } from '../code/block-schedule.ts'
import type { BlockWriter } from '../code/block-writer.ts'
import type { MemoryLayout } from '../code/memory-layout.ts'
import { NumberCode } from '../code/number-code.ts'
import type { Elimination } from './elimination.ts'
import { type LinearSolver, largestGrowth, type SolverInputs } from './linear-solver.ts'
import { SparseLoops } from './sparse-loops.ts'

/** Bytes from the start of a row's record to its fields, i32 each: counts, and addresses of lists. */
const field = {
  entryCount: 0,
  entryPlaces: 4,
  entryValues: 8,
  patternCount: 12,
  lowerCount: 16,
  /** Places of lower entries, upper entries and diagonal in the work vector. */
  lowerPlaces: 20,
  lowerValues: 24,
  /** Records of the rows of the lower entries. */
  lowerRows: 28,
  upperCount: 32,
  upperPlaces: 36,
  upperValues: 40,
  /** Place of the row in the work vector, and of its state in vectors. */
  place: 44,
  state: 48,
} as const
const recordLength = 52

/**
 * Factorization and solutions as loops over tables of indices, for matrices that fill up: row after row in the order of
 * elimination, each in a work vector of full length. A place is the byte offset of an element.
 */
export class LoopSolver implements LinearSolver {
  readonly #layout: MemoryLayout
  readonly #module: ModuleBuilder
  readonly #inputs: SolverInputs
  readonly #dimension: number
  readonly #gather: readonly Store[]
  readonly #sum: readonly Store[]
  readonly #g: number
  readonly #work: number
  readonly #reciprocals: number
  /** Address of the record of the first row. */
  readonly #records: number

  constructor(
    algebra: Algebra,
    layout: MemoryLayout,
    module: ModuleBuilder,
    { order, upper, lower, entries }: Elimination,
    inputs: SolverInputs,
  ) {
    const { entry, c, derivatives } = inputs
    const n = order.length
    const size = layout.address(1)
    this.#layout = layout
    this.#module = module
    this.#inputs = inputs
    this.#dimension = n
    const lowerOf: number[][] = Array.from({ length: n }, () => [])
    lower.forEach((rows, k) => {
      for (const i of rows) lowerOf[i]!.push(k)
    })
    const known = lowerOf.map((row, i) =>
      [...row, ...upper[i]!, i].filter((j) => entry(order[i]!, order[j]!) !== undefined),
    )
    const knownCount = known.reduce((sum, row) => sum + row.length, 0)
    const values = layout.vector(knownCount)
    const factors = layout.vector(entries)
    this.#reciprocals = layout.vector(n)
    this.#work = layout.vector(n)
    this.#g = layout.vector(n)
    // records, then for each row places of its entries, places of its pattern, records of the rows of its lower entries
    const table: number[] = []
    const length = (recordLength / 4) * n + knownCount + entries + lowerOf.reduce((sum, row) => sum + row.length, 0)
    const start = layout.address(layout.vector(Math.ceil((4 * length) / size)))
    const gather: Store[] = []
    const lists: number[] = []
    const list = (items: readonly number[]): number => {
      const address = start + recordLength * n + 4 * lists.length
      for (const item of items) lists.push(item)
      return address
    }
    let factor = layout.address(factors)
    for (let i = 0; i < n; i++) {
      const row = known[i]!
      const left = lowerOf[i]!
      const right = [...upper[i]!]
      const entryValues = layout.address(values + gather.length)
      for (const j of row) gather.push({ node: entry(order[i]!, order[j]!)!, slot: values + gather.length })
      const lowerValues = factor
      const upperValues = factor + size * left.length
      factor = upperValues + size * right.length
      const entryPlaces = list(row.map((j) => size * j))
      const pattern = [...left, ...right, i]
      const lowerPlaces = list(pattern.map((j) => size * j))
      const lowerRows = list(left.map((k) => start + recordLength * k))
      table.push(row.length, entryPlaces, entryValues, pattern.length, left.length, lowerPlaces, lowerValues, lowerRows)
      table.push(right.length, lowerPlaces + 4 * left.length, upperValues, size * i, size * order[i]!)
    }
    for (const item of lists) table.push(item)
    module.data(start, new Uint8Array(Int32Array.from(table).buffer))
    this.#records = start
    this.#gather = gather
    this.#sum = derivatives.map((f, i) => ({ node: algebra.add(f, algebra.state(c + i)), slot: this.#g + i }))
  }

  write(writer: BlockWriter) {
    const loops = new SparseLoops(this.#module, this.#layout.lanes, this.#layout.address(this.#work))
    const gather = writer.write('gather', this.#gather)
    const sum = writer.write('derivative', this.#sum)
    const eliminate = this.#writeElimination(loops)
    const substitute = this.#writeSubstitution(loops)
    const c = this.#layout.address(this.#inputs.c)
    const g = this.#layout.address(this.#g)
    return {
      factorize: this.#define('factorize', (body) => body.localGet(0).call(gather).call(eliminate)),
      solve: this.#define('solve', (body) => body.i32Const(c).localGet(0).call(substitute)),
      stage: this.#define('stage', (body) => body.i32Const(0).call(sum).i32Const(g).localGet(0).call(substitute)),
    }
  }

  #define(name: string, fill: (body: CodeBody) => unknown): FunctionIndex {
    const body = new CodeBody(['i32'])
    fill(body)
    const index = this.#module.declare({ parameters: ['i32'], results: [] }, name)
    this.#module.define(index, body)
    return index
  }

  #writeElimination(loops: SparseLoops): FunctionIndex {
    const layout = this.#layout
    const body = new CodeBody([])
    const code = new NumberCode(body, layout.lanes)
    const size = layout.address(1)
    const work = layout.address(this.#work)
    const reciprocals = layout.address(this.#reciprocals)
    const [row, place, left, source, target, other] = ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'].map(() =>
      body.local('i32'),
    ) as [number, number, number, number, number, number]
    const [factor, own, pivot, stable] = [0, 1, 2, 3].map(() => body.local(code.type)) as [
      number,
      number,
      number,
      number,
    ]
    const get = (record: number, offset: number) => body.localGet(record).i32Load(offset)
    const advance = (local: number, by: number) => body.localGet(local).i32Const(by).i32Add().localSet(local)
    code.constant(1)
    body.localSet(stable).i32Const(this.#records).localSet(row)
    body.loop()
    get(row, field.place)
    body.localSet(place)
    // M = J − d·I, zero where it fills up
    get(row, field.patternCount)
    get(row, field.lowerPlaces)
    body.call(loops.clear)
    get(row, field.entryCount)
    get(row, field.entryPlaces)
    get(row, field.entryValues)
    body.call(loops.scatter)
    body.localGet(place).localGet(place)
    code.load(work)
    body.i32Const(0)
    code.load(layout.address(this.#inputs.diagonal))
    code.subtract()
    body.localTee(own)
    code.store(work)
    // with q_k = −M_kk: n_ik = M_ik/q_k, M_ij += n_ik·M_kj
    get(row, field.lowerRows)
    body.localSet(source)
    get(row, field.lowerValues)
    body.localSet(target)
    get(row, field.lowerCount)
    body.localTee(left).if().loop()
    get(source, 0)
    body.localTee(other)
    body.i32Load(field.place).localTee(place)
    code.load(work)
    body.localGet(place)
    code.load(reciprocals)
    code.multiply()
    body.localSet(factor)
    body.localGet(target).localGet(factor)
    code.store(0)
    get(other, field.upperCount)
    get(other, field.upperPlaces)
    get(other, field.upperValues)
    body.localGet(factor).call(loops.addMultiple)
    advance(source, 4)
    advance(target, size)
    body.localGet(left).i32Const(1).i32Sub().localTee(left).brIf(0).end().end()
    // 1/q
    get(row, field.place)
    body.localSet(place)
    code.constant(0)
    body.localGet(place)
    code.load(work)
    code.subtract()
    body.localSet(pivot).localGet(place)
    code.constant(1)
    body.localGet(pivot)
    code.divide()
    body.localTee(factor)
    code.store(reciprocals)
    // stable stays 1 while |q| ≤ growth·|own| and |1/q| and |q| are finite
    body.localGet(stable)
    code.constant(0)
    body.localGet(pivot)
    code.absolute()
    body.localGet(own)
    code.absolute()
    code.constant(largestGrowth)
    code.multiply()
    code.selectLessEqual()
    code.constant(0)
    body.localGet(factor)
    code.absolute()
    body.localGet(pivot)
    code.absolute()
    code.add()
    code.constant(Number.MAX_VALUE)
    code.selectLessEqual()
    body.localSet(stable)
    get(row, field.upperCount)
    get(row, field.upperPlaces)
    get(row, field.upperValues)
    body.call(loops.collect)
    this.#next(body, row, recordLength)
    body.i32Const(0).localGet(stable)
    code.store(layout.address(this.#inputs.stable))
    const index = this.#module.declare({ parameters: [], results: [] }, 'eliminate')
    this.#module.define(index, body)
    return index
  }

  /** Solves for the right-hand side at the first address; the solution goes to the second. */
  #writeSubstitution(loops: SparseLoops): FunctionIndex {
    const layout = this.#layout
    const body = new CodeBody(['i32', 'i32'])
    const code = new NumberCode(body, layout.lanes)
    const work = layout.address(this.#work)
    const row = body.local('i32')
    const value = body.local(code.type)
    const get = (offset: number) => body.localGet(row).i32Load(offset)
    body.i32Const(this.#records).localSet(row)
    body.loop()
    get(field.place)
    get(field.lowerCount)
    get(field.lowerPlaces)
    get(field.lowerValues)
    body.localGet(0)
    get(field.state)
    body.i32Add()
    code.load(0)
    body.call(loops.dot)
    code.store(work)
    this.#next(body, row, recordLength)
    body.i32Const(this.#records + recordLength * (this.#dimension - 1)).localSet(row)
    body.loop()
    get(field.upperCount)
    get(field.upperPlaces)
    get(field.upperValues)
    get(field.place)
    code.load(work)
    body.call(loops.dot)
    get(field.place)
    code.load(layout.address(this.#reciprocals))
    code.multiply()
    body.localSet(value)
    get(field.place)
    body.localGet(value)
    code.store(work)
    body.localGet(1)
    get(field.state)
    body.i32Add().localGet(value)
    code.store(0)
    this.#next(body, row, -recordLength)
    const index = this.#module.declare({ parameters: ['i32', 'i32'], results: [] }, 'substitute')
    this.#module.define(index, body)
    return index
  }

  /** Ends a loop over the records of the rows. */
  #next(body: CodeBody, row: number, step: number): void {
    body.localGet(row).i32Const(step).i32Add().localTee(row)
    if (step > 0) body.i32Const(this.#records + recordLength * this.#dimension).i32LtU()
    else body.i32Const(this.#records).i32GeU()
    body.brIf(0).end()
  }
}
