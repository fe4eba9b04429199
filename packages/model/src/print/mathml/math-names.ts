import { isDigit } from '../../syntax/tokenize.ts'
import { nameParts } from '../latex/latex-names.ts'
import { branch, leaf, type MathNode, row } from './math-node.ts'

const greek: ReadonlyMap<string, string> = new Map(
  Object.entries({
    alpha: 'α',
    beta: 'β',
    gamma: 'γ',
    delta: 'δ',
    epsilon: 'ε',
    zeta: 'ζ',
    eta: 'η',
    theta: 'θ',
    iota: 'ι',
    kappa: 'κ',
    lambda: 'λ',
    mu: 'μ',
    nu: 'ν',
    xi: 'ξ',
    pi: 'π',
    rho: 'ρ',
    sigma: 'σ',
    tau: 'τ',
    upsilon: 'υ',
    phi: 'φ',
    chi: 'χ',
    psi: 'ψ',
    omega: 'ω',
    Gamma: 'Γ',
    Delta: 'Δ',
    Theta: 'Θ',
    Lambda: 'Λ',
    Xi: 'Ξ',
    Pi: 'Π',
    Sigma: 'Σ',
    Upsilon: 'Υ',
    Phi: 'Φ',
    Psi: 'Ψ',
    Omega: 'Ω',
  }),
)

/**
 * Names of a model as mathematical signs, as `LatexNames` has them: `alpha` is α, `k_e0` k with the subscript e0. Of several
 * names that would look the same, all but the first are spelt out.
 */
export class MathNames {
  readonly #known = new Map<string, MathNode>()
  readonly #taken = new Set<string>()

  of(name: string): MathNode {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const sign = mathName(name)
    const shown = JSON.stringify(sign)
    const node = this.#taken.has(shown) ? leaf('mtext', name) : sign
    this.#taken.add(shown)
    this.#known.set(name, node)
    return node
  }
}

function mathName(name: string): MathNode {
  const [first = '', ...below] = nameParts(name)
  if (below.length === 0) return word(first)
  const subscripts = below.flatMap((part, k) => (k === 0 ? [word(part)] : [leaf('mo', ','), word(part)]))
  return branch('msub', word(first), row(...subscripts))
}

/** A letter, which stands in italics, a Greek letter, a number or a word. */
function word(text: string): MathNode {
  const isNumber = text !== '' && Array.from(text).every((character) => isDigit(character.charCodeAt(0)))
  return isNumber ? leaf('mn', text) : leaf('mi', greek.get(text) ?? text)
}
