import { exp, log, randomStream } from '@cartkin/numerics'

/** Parameters of Stein 2019, in the order of its Table 1. */
export interface SteinValues {
  readonly foldx: number
  readonly Tmax: number
  readonly Cmax: number
  readonly alpha: number
  readonly FB: number
  readonly beta: number
}

/** Typical values and variances on the natural-log scale (Stein 2019, Table 1); Tmax is drawn again outside 3 to 40 days. */
const typical: readonly (readonly [keyof SteinValues, median: number, variance: number])[] = [
  ['foldx', 3900, 2.4],
  ['Tmax', 9.3, 0.38],
  ['Cmax', 24000, 0.65],
  ['alpha', 0.16, 0.91],
  ['FB', 0.0079, 0.8],
  ['beta', 0.0032, 0.86],
]

/** Complete response; relapse with antigen; relapse without antigen; no response. */
export const responses = ['CR', 'CD19+', 'CD19-', 'NR'] as const

export interface SteinPatient {
  readonly id: string
  readonly response: (typeof responses)[number]
  readonly truth: SteinValues
  /** CAR-T cells, antigen-positive and antigen-negative tumour cells: what would be measured, 0 below the limit. */
  readonly rows: readonly { readonly time: number; readonly y: number; readonly kind: 1 | 2 | 3 }[]
}

export interface SteinStudy {
  readonly seed: number
  readonly count: number
  /** Days of the samples; those after a patient's last day are left out. */
  readonly days?: readonly number[]
  /** Residual error of the logarithm. */
  readonly sd?: number
  readonly lloq?: number
}

export const steinDays = [1, 3, 7, 10, 14, 21, 28, 60, 90, 180, 365] as const

/** C of Stein 2019 in closed form. */
export function steinCourse({ foldx, Tmax, Cmax, alpha, FB, beta }: SteinValues, time: number): number {
  if (time <= Tmax) return (Cmax / foldx) * exp((log(foldx) * time) / Tmax)
  const since = time - Tmax
  return Cmax * ((1 - FB) * exp(-alpha * since) + FB * exp(-beta * since))
}

/** Synthetic patients; each depends on the seed and its own number alone. */
export function steinPatients({
  seed,
  count,
  days = steinDays,
  sd = 0.3,
  lloq = 50,
}: SteinStudy): readonly SteinPatient[] {
  return Array.from({ length: count }, (_, subject): SteinPatient => {
    const random = randomStream({ seed, study: 'stein-patients', subject })
    let draw = 0
    const drawn = (median: number, variance: number) => median * exp(Math.sqrt(variance) * random.normal(draw++))
    const values = Object.fromEntries(
      typical.map(([name, median, variance]) => {
        let value = drawn(median, variance)
        while (name === 'Tmax' && !(value >= 3 && value <= 40)) value = drawn(median, variance)
        return [name, value]
      }),
    )
    const truth = { foldx: 0, Tmax: 0, Cmax: 0, alpha: 0, FB: 0, beta: 0, ...values }
    const response = responses[subject % responses.length] ?? 'CR'
    const last = 60 + 670 * random.uniform(draw++)
    const measured = (value: number) => {
      const y = value * exp(sd * random.normal(draw++))
      return y < lloq ? 0 : Number(y.toPrecision(4))
    }
    const rows = days
      .filter((day) => day <= last)
      .flatMap((time) => [
        { time, y: measured(steinCourse(truth, time)), kind: 1 as const },
        { time, y: measured(tumour(response, time, 2)), kind: 2 as const },
        { time, y: measured(tumour(response, time, 3)), kind: 3 as const },
      ])
    return { id: `P${String(subject + 1).padStart(2, '0')}`, response, truth, rows }
  })
}

/** Cells of a tumour that the treatment clears and that may come back; the numbers are of these tests alone. */
function tumour(response: SteinPatient['response'], time: number, kind: 2 | 3): number {
  const start = kind === 2 ? 1e7 : 1e2
  const cleared = response === 'NR' ? 1 : exp(-0.6 * time)
  const back = kind === 2 ? response === 'CD19+' : response === 'CD19-'
  return start * cleared + (back ? 1e3 * exp(0.03 * time) : 0)
}

/** `ID,time,y,y_ID`, the rows of a patient one kind after the other, as exported for Monolix. */
export function monolixText(patients: readonly SteinPatient[], kinds: readonly number[] = [1, 2, 3]): string {
  const lines = patients.flatMap(({ id, rows }) =>
    kinds.flatMap((kind) =>
      rows.flatMap((row) => (row.kind === kind ? [`${id},${row.time},${row.y},${row.kind}`] : [])),
    ),
  )
  return `${['ID,time,y,y_ID', ...lines].join('\n')}\n`
}
