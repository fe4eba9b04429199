/** When an explicit method gives way to a stiff one, and when it returns. */
export interface StiffnessRule {
  /** Accepted explicit steps from one look at the stiffness to the next, a power of two. */
  readonly every: number
  /** h·|λ| from which an explicit step counts as stiff. */
  readonly limit: number
  /** h·|λ| to which explicit steps are held, Infinity for no such limit. */
  readonly cap: number
  /** Looks in a row that must find it stiff before the stiff method takes over. */
  readonly mostLooks: number
  /** h·|λ| below which a step of the stiff method could be one of the explicit method. */
  readonly boundary: number
}
