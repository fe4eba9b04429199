import type { Tableau } from 'ode-ts'

/**
 * The weights of the rows K_r of the continuous extension of an explicit method, K_r = h Σ_i rows[r][i] k_i: with p_i(θ)
 * the weight of stage i, p_i(θ) − θ b_i vanishes at 0 and 1; this divides it by θ (1−θ).
 */
export function explicitRows(tableau: Tableau): number[][] {
  const count = Math.max(0, ...tableau.dense.map((polynomial) => polynomial.length - 1))
  const rows = Array.from({ length: count }, () => new Array<number>(tableau.b.length).fill(0))
  tableau.b.forEach((b, i) => {
    const polynomial = tableau.dense[i] ?? []
    let quotient = -b
    rows.forEach((row, r) => {
      quotient += polynomial[r] ?? 0
      row[i] = quotient
    })
  })
  return rows
}
