/** Index of a node of a `CodeGraph`. */
export type Code = number

type Kind = 'constant' | 'leaf' | '+' | '-' | '*' | '/' | 'negate' | 'pow' | 'sqrt' | 'exp' | 'log'

interface CodeNode {
  readonly kind: Kind
  readonly args: readonly Code[]
  /** Of a constant or leaf: how it is written. */
  readonly text: string
  /** In parameters alone: computed once, before a solve. */
  readonly fixed: boolean
}

/** How expressions are written in a language. */
export interface Dialect {
  /** Declares a local name, e.g. `const double`. */
  readonly declare: string
  /** Name of a function, e.g. `Math.pow` for `pow`. */
  readonly call: (name: string) => string
  /** Name of the k-th quantity in parameters alone. */
  readonly hoisted: (index: number) => string
}

/** Expressions to be printed: equal ones are one node, and what is trivially 0, 1 or the other operand is simplified. */
export class CodeGraph {
  readonly #nodes: CodeNode[] = []
  readonly #known = new Map<string, Code>()
  readonly zero = this.constant(0)
  readonly one = this.constant(1)

  constant(value: number): Code {
    const text = Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : value.toExponential()
    return this.#add('constant', [], value < 0 ? `(${text})` : text, true)
  }

  /** Something that is there already: an array entry or argument. */
  leaf(text: string, fixed: boolean): Code {
    return this.#add('leaf', [], text, fixed)
  }

  add(a: Code, b: Code): Code {
    if (a === this.zero) return b
    if (b === this.zero) return a
    return this.#operation('+', [a, b])
  }

  subtract(a: Code, b: Code): Code {
    if (b === this.zero) return a
    if (a === this.zero) return this.negate(b)
    return this.#operation('-', [a, b])
  }

  multiply(a: Code, b: Code): Code {
    if (a === this.zero || b === this.zero) return this.zero
    if (a === this.one) return b
    if (b === this.one) return a
    return this.#operation('*', [a, b])
  }

  divide(a: Code, b: Code): Code {
    if (a === this.zero || b === this.one) return a
    return this.#operation('/', [a, b])
  }

  negate(a: Code): Code {
    return a === this.zero ? a : this.#operation('negate', [a])
  }

  apply(name: 'pow' | 'sqrt' | 'exp' | 'log', ...args: readonly Code[]): Code {
    return this.#operation(name, args)
  }

  /** Lines that compute `roots`, and how each root is then written; `hoisted` numbers what is in parameters alone. */
  print(
    roots: readonly Code[],
    dialect: Dialect,
    hoisted: ReadonlyMap<Code, number>,
  ): { readonly lines: readonly string[]; readonly roots: readonly string[] } {
    const written = new Map<Code, string>()
    const lines: string[] = []
    for (const code of this.#below(roots, hoisted)) {
      const { kind, text } = this.#nodes[code]!
      const index = hoisted.get(code)
      if (index !== undefined) written.set(code, dialect.hoisted(index))
      else if (kind === 'constant' || kind === 'leaf') written.set(code, text)
      else {
        lines.push(`${dialect.declare} x${code} = ${this.#expression(code, written, dialect)};`)
        written.set(code, `x${code}`)
      }
    }
    return { lines, roots: roots.map((root) => written.get(root)!) }
  }

  /** What `roots` need that is in parameters alone, each only where something else needs it, numbered. */
  hoist(roots: readonly Code[]): ReadonlyMap<Code, number> {
    const found = new Map<Code, number>()
    const see = (code: Code) => {
      if (this.#isHoisted(code) && !found.has(code)) found.set(code, found.size)
    }
    for (const root of roots) see(root)
    for (const code of this.#below(roots, new Map())) {
      const { fixed, args } = this.#nodes[code]!
      if (!fixed) for (const arg of args) see(arg)
    }
    return found
  }

  #isHoisted(code: Code): boolean {
    const { kind, fixed } = this.#nodes[code]!
    return fixed && kind !== 'constant'
  }

  #expression(code: Code, written: ReadonlyMap<Code, string>, dialect: Dialect): string {
    const { kind, args } = this.#nodes[code]!
    const [a, b] = args.map((arg) => written.get(arg))
    switch (kind) {
      case 'negate':
        return `-${a}`
      case 'pow':
      case 'sqrt':
      case 'exp':
      case 'log':
        return `${dialect.call(kind)}(${b === undefined ? a : `${a}, ${b}`})`
      default:
        return `${a} ${kind} ${b}`
    }
  }

  /** The nodes below `roots`, arguments first, none below a hoisted one. */
  #below(roots: readonly Code[], hoisted: ReadonlyMap<Code, number>): readonly Code[] {
    const marked = new Set<Code>()
    const open = [...roots]
    for (let code = open.pop(); code !== undefined; code = open.pop()) {
      if (marked.has(code)) continue
      marked.add(code)
      if (!hoisted.has(code)) open.push(...this.#nodes[code]!.args)
    }
    return [...marked].sort((a, b) => a - b)
  }

  #operation(kind: Kind, args: readonly Code[]): Code {
    return this.#add(
      kind,
      args,
      '',
      args.every((arg) => this.#nodes[arg]!.fixed),
    )
  }

  #add(kind: Kind, args: readonly Code[], text: string, fixed: boolean): Code {
    const key = `${kind} ${args.join(' ')} ${text}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const code = this.#nodes.push({ kind, args, text, fixed }) - 1
    this.#known.set(key, code)
    return code
  }
}
