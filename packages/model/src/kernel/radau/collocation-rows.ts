import type { CollocationTableau } from 'ode-ts'

/**
 * The weights of the rows K_r of the continuous extension of a collocation method, K_r = Σ_i rows[r][i] z_i: with p_i(θ)
 * the polynomial that is 1 at node i and 0 at the others and at 0, p_i(θ) − θ p_i(1) vanishes at 0 and 1; this divides it
 * by θ (1−θ).
 */
export function collocationRows({ c }: CollocationTableau): number[][] {
  const rows = Array.from({ length: c.length - 1 }, () => new Array<number>(c.length).fill(0))
  c.forEach((own, i) => {
    // coefficients of θ, θ² …
    let polynomial = [1 / own]
    c.forEach((node, j) => {
      if (j === i) return
      const scale = 1 / (own - node)
      const longer = new Array<number>(polynomial.length + 1).fill(0)
      polynomial.forEach((coefficient, k) => {
        longer[k] = longer[k]! - node * scale * coefficient
        longer[k + 1] = longer[k + 1]! + scale * coefficient
      })
      polynomial = longer
    })
    let quotient = own === 1 ? -1 : 0
    rows.forEach((row, r) => {
      quotient += polynomial[r]!
      row[i] = quotient
    })
  })
  return rows
}
