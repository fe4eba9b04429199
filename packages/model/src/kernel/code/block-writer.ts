import { CodeBody, type FunctionIndex, type ModuleBuilder } from '@cartkin/numerics/wasm'
import type { NodeId } from '../../graph/graph.ts'
import type { GraphBuilder } from '../../graph/graph-builder.ts'
import { arity, Operation } from '../../graph/operation.ts'
import { argumentsOf, type BlockSchedule, isLeaf, type Store, scheduleBlock } from './block-schedule.ts'
import { isCall } from './math-functions.ts'
import type { MemoryLayout } from './memory-layout.ts'

/** Operations in one function at most: engines keep the registers of small functions in better order. */
const largestFunction = 1500

/** Instructions without arguments. */
type PlainInstruction = {
  [K in keyof CodeBody]: CodeBody[K] extends () => CodeBody ? K : never
}[keyof CodeBody]

/** The instructions of the operations that have one, for one lane and for two. */
const instructions = new Map<Operation, readonly [one: PlainInstruction, two: PlainInstruction]>([
  [Operation.add, ['f64Add', 'f64x2Add']],
  [Operation.subtract, ['f64Sub', 'f64x2Sub']],
  [Operation.multiply, ['f64Mul', 'f64x2Mul']],
  [Operation.divide, ['f64Div', 'f64x2Div']],
  [Operation.negate, ['f64Neg', 'f64x2Neg']],
  [Operation.sqrt, ['f64Sqrt', 'f64x2Sqrt']],
  [Operation.abs, ['f64Abs', 'f64x2Abs']],
  [Operation.min, ['f64Min', 'f64x2Min']],
  [Operation.max, ['f64Max', 'f64x2Max']],
  [Operation.floor, ['f64Floor', 'f64x2Floor']],
  [Operation.ceil, ['f64Ceil', 'f64x2Ceil']],
  [Operation.trunc, ['f64Trunc', 'f64x2Trunc']],
  [Operation.less, ['f64Lt', 'f64x2Lt']],
  [Operation.lessEqual, ['f64Le', 'f64x2Le']],
  [Operation.equal, ['f64Eq', 'f64x2Eq']],
  [Operation.notEqual, ['f64Ne', 'f64x2Ne']],
  [Operation.and, ['i32And', 'v128And']],
  [Operation.or, ['i32Or', 'v128Or']],
  [Operation.not, ['i32Eqz', 'v128Not']],
])

/**
 * What the leaves of a block are.
 *
 * - lanes: `state(k)` is slot k, `parameter(k)` element k of the vector whose address the function is given. With two
 *   lanes the same operations act on both, so that the bits of a lane are those of the code for one.
 * - pairs, in memory of one lane: `state(k)` is slot k and the one after it, both moved on by the first parameter, and
 *   `parameter(k)` the number of slot k, the same for both; relative stores go to the address in the second parameter.
 */
export type BlockForm = 'lanes' | 'pairs'

/** Writes blocks as WebAssembly functions: straight-line code from memory to memory. */
export class BlockWriter {
  readonly #module: ModuleBuilder
  readonly #layout: MemoryLayout
  readonly #graph: GraphBuilder
  readonly #functions: ReadonlyMap<Operation, FunctionIndex>
  readonly #form: BlockForm

  /** `functions`: those of the operations that are called, of as many lanes as the layout. */
  constructor(
    module: ModuleBuilder,
    layout: MemoryLayout,
    graph: GraphBuilder,
    functions: ReadonlyMap<Operation, FunctionIndex>,
    form: BlockForm = 'lanes',
  ) {
    this.#module = module
    this.#layout = layout
    this.#graph = graph
    this.#functions = functions
    this.#form = form
  }

  /**
   * A function that carries out `stores`, split where it grows large. With lanes it has one parameter, the address of what
   * is relative.
   */
  write(name: string, stores: readonly Store[]): FunctionIndex {
    const schedule = scheduleBlock(this.#graph, stores)
    const parts = partition(this.#graph, schedule, stores)
    const spills = this.#spills(schedule, parts, stores)
    const functions = parts.map((statements, k) => {
      const part = new Part(this.#graph, this.#layout, this.#functions, schedule, stores, spills, this.#form)
      const index = this.#declare(parts.length === 1 ? name : `${name}${k}`)
      this.#module.define(index, part.write(statements))
      return index
    })
    const [only] = functions
    if (functions.length === 1 && only !== undefined) return only
    const parameters = parametersOf[this.#form]
    const body = new CodeBody(parameters)
    for (const part of functions) {
      for (let k = 0; k < parameters.length; k++) body.localGet(k)
      body.call(part)
    }
    const all = this.#declare(name)
    this.#module.define(all, body)
    return all
  }

  #declare(name: string): FunctionIndex {
    return this.#module.declare({ parameters: parametersOf[this.#form], results: [] }, name)
  }

  /** A slot for each kept node that a part needs from an earlier one. */
  #spills(
    schedule: BlockSchedule,
    parts: readonly (readonly number[])[],
    stores: readonly Store[],
  ): ReadonlyMap<number, number> {
    const slots = new Map<number, number>()
    if (parts.length === 1) return slots
    const madeIn = new Map<number, number>()
    const newSlot = () => (this.#form === 'pairs' ? this.#layout.vector(2) : this.#layout.number())
    parts.forEach((statements, part) => {
      for (const statement of statements) {
        const root = statement < 0 ? stores[-1 - statement]!.node : (statement as NodeId)
        forEachKeptInput(this.#graph, schedule, root, statement < 0, (node) => {
          const isElsewhere = madeIn.get(node) !== part && !isLeaf(this.#graph.operation(node))
          if (isElsewhere && !slots.has(node)) slots.set(node, newSlot())
        })
        if (statement >= 0) madeIn.set(statement, part)
      }
    })
    return slots
  }
}

/** Statements grouped into functions. */
function partition(graph: GraphBuilder, schedule: BlockSchedule, stores: readonly Store[]): number[][] {
  const parts: number[][] = [[]]
  let size = 0
  for (const statement of schedule.statements) {
    const root = statement < 0 ? stores[-1 - statement]!.node : (statement as NodeId)
    const own =
      1 + (statement < 0 && (schedule.kept[root] === 1 || isLeaf(graph.operation(root))) ? 0 : schedule.size[root]!)
    if (size > 0 && size + own > largestFunction) {
      parts.push([])
      size = 0
    }
    parts.at(-1)?.push(statement)
    size += own
  }
  return parts
}

/** The kept nodes that the statement of `root` reads. */
function forEachKeptInput(
  graph: GraphBuilder,
  { kept }: BlockSchedule,
  root: NodeId,
  isStore: boolean,
  action: (node: NodeId) => void,
): void {
  const stack = isStore ? [root] : [...argumentsOf(graph, root)]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (kept[node] === 1) action(node)
    else stack.push(...argumentsOf(graph, node))
  }
}

const parametersOf = { lanes: ['i32'], pairs: ['i32', 'i32'] } as const

/** One function of a block. */
class Part {
  readonly #graph: GraphBuilder
  readonly #layout: MemoryLayout
  readonly #functions: ReadonlyMap<Operation, FunctionIndex>
  readonly #schedule: BlockSchedule
  readonly #stores: readonly Store[]
  readonly #spills: ReadonlyMap<number, number>
  readonly #form: BlockForm
  readonly #wide: boolean
  readonly #body: CodeBody
  /** Local of each kept node at hand, and how often it is still to be read. */
  readonly #locals = new Map<number, { readonly index: number; reads: number }>()
  readonly #freeNumbers: number[] = []
  readonly #freeMasks: number[] = []

  constructor(
    graph: GraphBuilder,
    layout: MemoryLayout,
    functions: ReadonlyMap<Operation, FunctionIndex>,
    schedule: BlockSchedule,
    stores: readonly Store[],
    spills: ReadonlyMap<number, number>,
    form: BlockForm,
  ) {
    this.#graph = graph
    this.#layout = layout
    this.#functions = functions
    this.#schedule = schedule
    this.#stores = stores
    this.#spills = spills
    this.#form = form
    this.#wide = layout.lanes === 2 || form === 'pairs'
    this.#body = new CodeBody(parametersOf[form])
  }

  write(statements: readonly number[]): CodeBody {
    const body = this.#body
    for (const statement of statements) {
      if (statement < 0) this.#store(this.#stores[-1 - statement]!)
      else this.#keep(statement as NodeId)
    }
    return body
  }

  #store({ node, slot, relative }: Store): void {
    const body = this.#body
    if (relative === true) body.localGet(this.#form === 'pairs' ? 1 : 0)
    else body.i32Const(0)
    this.#number(node)
    this.#storeAt(slot)
  }

  #storeAt(slot: number): void {
    const address = this.#layout.address(slot)
    if (this.#wide) this.#body.v128Store(address)
    else this.#body.f64Store(address)
  }

  #load(slot: number): void {
    const address = this.#layout.address(slot)
    this.#body.i32Const(0)
    if (this.#wide) this.#body.v128Load(address)
    else this.#body.f64Load(address)
  }

  #leaf(node: NodeId): void {
    const body = this.#body
    const index = this.#argument(node, 0)
    const address = this.#layout.address(index)
    if (this.#form === 'lanes' && this.#graph.operation(node) === Operation.state) this.#load(index)
    else if (this.#form === 'pairs' && this.#graph.operation(node) === Operation.parameter) this.#uniform(index)
    else if (this.#wide) body.localGet(0).v128Load(address)
    else body.localGet(0).f64Load(address)
  }

  /** Pushes the number of a slot, into both lanes of a pair. */
  #uniform(slot: number): void {
    if (this.#form === 'lanes') this.#load(slot)
    else this.#body.i32Const(0).v128Load64Splat(this.#layout.address(slot))
  }

  #keep(node: NodeId): void {
    const body = this.#body
    const isMask = makesMask(this.#graph.operation(node))
    if (isMask) this.#makeMask(node)
    else this.#make(node)
    const free = isMask ? this.#freeMasks : this.#freeNumbers
    const index = free.pop() ?? body.local(this.#wide ? 'v128' : isMask ? 'i32' : 'f64')
    body.localSet(index)
    this.#locals.set(node, { index, reads: this.#schedule.uses[node]! })
    const spill = this.#spills.get(node)
    if (spill === undefined) return
    body.i32Const(0).localGet(index)
    if (isMask) this.#maskToNumber()
    this.#storeAt(spill)
  }

  /** Pushes a kept node that is in a local; false when it is not. */
  #read(node: NodeId): boolean {
    const local = this.#locals.get(node)
    if (local === undefined) return false
    this.#body.localGet(local.index)
    // what an earlier read takes from the stack is still needed there, but the local is free for what comes next
    if (--local.reads === 0) {
      this.#locals.delete(node)
      const free = makesMask(this.#graph.operation(node)) ? this.#freeMasks : this.#freeNumbers
      free.push(local.index)
    }
    return true
  }

  /** Pushes the value of a node as a number. */
  #number(node: NodeId): void {
    const operation = this.#graph.operation(node)
    if (this.#schedule.kept[node] === 1) {
      if (this.#read(node)) {
        if (makesMask(operation)) this.#maskToNumber()
      } else if (isLeaf(operation)) this.#make(node)
      else this.#load(this.#spills.get(node)!)
      return
    }
    if (makesMask(operation)) {
      this.#makeMask(node)
      this.#maskToNumber()
    } else this.#make(node)
  }

  /** Pushes whether a node is not 0: i32 for one lane, all bits of a lane for two. */
  #mask(node: NodeId): void {
    const isMask = makesMask(this.#graph.operation(node))
    if (isMask && this.#schedule.kept[node] === 1 && this.#read(node)) return
    if (isMask && this.#schedule.kept[node] !== 1) {
      this.#makeMask(node)
      return
    }
    this.#number(node)
    this.#zero()
    if (this.#wide) this.#body.f64x2Ne()
    else this.#body.f64Ne()
  }

  #zero(): void {
    if (this.#wide) this.#body.f64x2Const(0)
    else this.#body.f64Const(0)
  }

  #maskToNumber(): void {
    if (!this.#wide) this.#body.f64ConvertI32S()
    else {
      this.#uniform(this.#layout.constant(1))
      this.#body.v128And()
    }
  }

  #argument(node: NodeId, place: 0 | 1 | 2): NodeId {
    return this.#graph.argument(node, place)
  }

  /** Pushes both arguments; those of a sum or product in the order that needs fewer registers. */
  #pair(node: NodeId, isFree: boolean): void {
    const a = this.#argument(node, 0)
    const b = this.#argument(node, 1)
    const { kept, need } = this.#schedule
    const weight = (x: NodeId) => (kept[x] === 1 ? 1 : need[x]!)
    const swap = isFree && weight(b) > weight(a)
    this.#number(swap ? b : a)
    this.#number(swap ? a : b)
  }

  #makeMask(node: NodeId): void {
    const operation = this.#graph.operation(node)
    const first = this.#argument(node, 0)
    if (operation === Operation.not) this.#mask(first)
    else if (operation === Operation.and || operation === Operation.or) {
      this.#mask(first)
      this.#mask(this.#argument(node, 1))
    } else this.#pair(node, false)
    this.#instruct(operation)
  }

  /** Pushes the value of an operation that gives a number. */
  #make(node: NodeId): void {
    const operation = this.#graph.operation(node)
    const first = this.#argument(node, 0)
    if (operation === Operation.constant) {
      const value = this.#graph.valueOf(node) ?? 0
      if (Object.is(value, 0)) this.#zero()
      else this.#uniform(this.#layout.constant(value))
    } else if (isLeaf(operation)) this.#leaf(node)
    else if (operation === Operation.select) {
      this.#number(this.#argument(node, 1))
      this.#number(this.#argument(node, 2))
      this.#mask(first)
      if (this.#wide) this.#body.v128Bitselect()
      else this.#body.select()
    } else {
      if (arity[operation] === 2) this.#pair(node, operation === Operation.add || operation === Operation.multiply)
      else this.#number(first)
      if (isCall(operation)) this.#body.call(this.#functionOf(operation))
      else this.#instruct(operation)
    }
  }

  #instruct(operation: Operation): void {
    const forms = instructions.get(operation)
    if (forms === undefined) throw new Error(`the kernel has no instruction for operation ${operation}`)
    this.#body[forms[this.#wide ? 1 : 0]]()
  }

  #functionOf(operation: Operation): FunctionIndex {
    const index = this.#functions.get(operation)
    if (index === undefined) throw new Error(`the kernel has no function for operation ${operation}`)
    return index
  }
}

/** Comparisons and logical operators give masks. */
function makesMask(operation: Operation): boolean {
  return operation >= Operation.less && operation <= Operation.not
}
