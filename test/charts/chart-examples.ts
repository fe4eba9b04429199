import {
  type Axis,
  bandChart,
  belowLimitChart,
  bootstrapChart,
  type CheckedRow,
  correlationChart,
  courseChart,
  distributionChart,
  groupCurvesChart,
  groupSummaryChart,
  importanceChart,
  objectiveChart,
  observedPredictedChart,
  predictiveCheckChart,
  profileChart,
  quantileChart,
  rangeChart,
  residualChart,
  subjectChart,
  targetChart,
  tornadoChart,
  waterfallChart,
} from '@cartkin/charts'

export const day: Axis = { title: 'Day', unit: '', scale: 'linear' }
export const cells: Axis = { title: 'CAR-T cells', unit: 'cells/µL', scale: 'log' }

const times = [0, 1, 2, 4, 7, 10, 14, 21, 28]
export const course = ['typical', 'low tumour'].flatMap((series, k) =>
  times.map((time) => ({ time, series, value: (k + 1) * (100 - (time - 9) ** 2 / 5) })),
)
export const observations = [
  { time: 7, value: 27.5, lower: 16.5, upper: 57.5, series: 'typical', label: 'median', source: 'Kimmel 2021' },
  { time: 28, value: 2.1, lower: 2.1, upper: 2.1, series: 'typical', label: 'one value', source: 'Kimmel 2021' },
  { time: 14, value: 5, lower: 5, upper: 5, series: 'typical', label: 'below', source: 'x', censored: 'left' },
] as const
export const predictions = times.map((time, i) => ({
  time,
  observed: i + 1,
  predicted: i + 1.25,
  residual: i === 3 ? Number.NaN : i / 4 - 1,
  series: i % 2 === 0 ? 'CAR-T' : 'CRP',
  subject: '1',
}))
export const doses = [
  { time: -5, label: 'fludarabine' },
  { time: -4, label: 'fludarabine' },
  { time: 0, label: 'CAR-T' },
  { time: 20, label: 'tocilizumab' },
]

export const checked: readonly CheckedRow[] = [0, 7, 14].flatMap((from, k) =>
  ['5th percentile', 'median', '95th percentile'].map((series, level) => ({
    from,
    to: from + 7,
    time: from + 3,
    series,
    middle: level === 1,
    observed: level === 0 && k === 2 ? Number.NaN : 10 ** level / (k + 1),
    lower: level === 0 && k === 2 ? Number.NaN : 10 ** level / (k + 1) / (k === 1 ? 0.9 : 1.5),
    median: 10 ** level / (k + 1),
    upper: (10 ** level / (k + 1)) * 1.5,
  })),
)

/** One of each chart, as a page would have them. */
export const charts = {
  course: courseChart({
    title: 'Courses',
    subtitle: 'two patients',
    x: day,
    y: cells,
    course,
    observations,
    doses,
    lloq: { value: 0.5, label: 'LLOQ 0.5' },
  }),
  band: bandChart({
    x: day,
    y: cells,
    subjects: 200,
    bands: times.map((time) => ({ time, p5: 0, p25: 2, p50: 5 + time, p75: 40, p95: 80 })),
    observations,
    doses,
  }),
  observedPredicted: observedPredictedChart({
    rows: predictions,
    quantity: { title: 'CAR-T', unit: 'cells/µL', scale: 'log' },
  }),
  residualsOverTime: residualChart({ rows: predictions, over: 'time', x: day }),
  residualsOverPrediction: residualChart({ rows: predictions, over: 'predicted', x: cells }),
  subjects: subjectChart({
    x: day,
    y: cells,
    course: course.map((row) => ({ ...row, value: row.value + 1 })),
    observations,
    limits: [5],
  }),
  predictiveCheck: predictiveCheckChart({
    x: day,
    y: cells,
    rows: checked,
    observations: observations.map(({ time, value }) => ({ time, value })),
    lloq: { value: 0.4, label: 'LLOQ 0.4' },
    interval: '90 % interval of 100 replicates',
  }),
  groupCurves: groupCurvesChart({
    x: day,
    y: cells,
    rows: ['10 mg', '20 mg'].flatMap((group, k) =>
      [1, 2].flatMap((subject) =>
        [1, 7, 14].map((time) => ({
          group,
          subject: `${2 * k + subject}`,
          time,
          value: Math.max(1, (k + subject) * (10 - time)),
          below: time === 14,
        })),
      ),
    ),
    middle: [
      { group: '10 mg', time: 1, value: 12 },
      { group: '10 mg', time: 7, value: 5 },
    ],
    lloq: 1,
  }),
  groupSummary: groupSummaryChart({
    x: day,
    y: cells,
    rows: ['10 mg', '20 mg'].flatMap((group, k) =>
      [1, 7].map((time) => ({ group, time, value: (k + 1) * 20 - time, lower: (k + 1) * 10 - time - 4, upper: 50 })),
    ),
    statistic: 'median with quartiles',
    lloq: 1,
  }),
  belowLimit: belowLimitChart({
    x: day,
    rows: [0, 7].map((from) => ({
      from,
      to: from + 7,
      time: from + 3,
      series: 'Observed',
      middle: true,
      observed: 0.25,
      lower: 0.1,
      median: 0.2,
      upper: 0.3,
    })),
    interval: '90 % interval of 100 replicates',
  }),
  quantiles: quantileChart({
    rows: [-1.2, 0.1, Number.NaN, 2.5].map((residual, k) => ({ expected: k - 1.5, residual, label: `row ${k}` })),
  }),
  profiles: profileChart({
    objective: '−2 log likelihood',
    level: '95 %',
    panels: [
      {
        axis: { title: 'ka', unit: '1/h', scale: 'log' },
        estimate: 1.5,
        limit: 3.84,
        points: [1.1, 1.2, 1.5, 1.9, 2.1].map((value) => ({ value, rise: 60 * Math.log(value / 1.5) ** 2 })),
        wald: [1, 1.5, 2].map((value) => ({ value, rise: 55 * Math.log(value / 1.5) ** 2 })),
        lower: { kind: 'closed', value: 1.2 },
        upper: { kind: 'closed', value: 1.88 },
        words: 'closed on both sides',
      },
      {
        axis: { title: 'beta', unit: '1/day', scale: 'log' },
        estimate: 1e-4,
        limit: 3.84,
        points: [1e-4, 1e-3, 1e-2].map((value) => ({ value, rise: 800 * (value - 1e-4) })),
        wald: [],
        lower: { kind: 'bound', value: 1e-4 },
        upper: { kind: 'open', value: 1e-2 },
        words: 'its estimate is its lower bound 0.0001; flat to the right',
      },
      {
        axis: { title: 'shift', unit: '', scale: 'linear' },
        estimate: -1,
        limit: 3.84,
        points: [],
        wald: [],
        lower: { kind: 'open', value: -2 },
        upper: { kind: 'closed', value: 1 },
        words: '',
      },
    ],
  }),
  bootstrap: bootstrapChart({
    level: '95 %',
    panels: [
      {
        axis: { title: 'ka', unit: '1/h', scale: 'log' },
        estimate: 1.5,
        values: [1.2, 1.4, 1.5, 1.6, 0, 4],
        lower: 1.2,
        upper: 4,
      },
      {
        axis: { title: 'shift', unit: '', scale: 'linear' },
        estimate: 0,
        values: [],
        lower: Number.NaN,
        upper: Number.NaN,
      },
    ],
  }),
  waterfall: waterfallChart({
    objective: '−2 log likelihood',
    rows: [
      { start: 'given values', objective: 104.2, converged: true },
      { start: 'start 1', objective: 104.2, converged: true },
      { start: 'start 2', objective: 131, converged: true },
      { start: 'start 3', objective: 260, converged: false },
      { start: 'start 4', objective: Number.NaN, converged: false },
    ],
  }),
  objective: objectiveChart({
    objective: '−2 log likelihood',
    rows: [100, 40, 31, 30.5, 30.5].map((objective, iteration) => ({ iteration, objective, run: 'start 1' })),
  }),
  correlation: correlationChart({
    names: ['a', 'b', 'c'],
    correlation: [1, -0.97, Number.NaN, -0.97, 1, 0.2, Number.NaN, 0.2, 1],
  }),
  targets: targetChart({
    rows: [
      { id: 'B01', label: 'peak day', unit: 'd', lo: 7, hi: 10, ours: 8.25, pass: true },
      { id: 'B02', label: 'peak', unit: 'cells/µL', lo: 30, hi: 1000, ours: 1100, pass: false },
      { id: 'B03', label: 'grade', unit: '', lo: 0, hi: 0, ours: 3, pass: false },
    ],
  }),
  range: rangeChart({
    row: { id: 'B01', label: 'peak day', unit: 'd', value: 9, lo: 7, hi: 10, ours: 8.25, pass: true },
  }),
  distribution: distributionChart({
    x: { title: 'Return of B cells', unit: 'day', scale: 'linear' },
    values: [90, 100, 110, 120, Number.NaN],
    published: { lo: 65, hi: 159, label: 'published' },
  }),
  importance: importanceChart({
    output: 'peak IL-6',
    x: { title: 'Share of the variance', unit: '', scale: 'linear', domain: [0, 1] },
    rows: ['rho', 'A0', 'kU'].flatMap((input, k) => [
      { input, measure: 'Total', value: 0.6 / (k + 1), lower: 0.5 / (k + 1), upper: 0.7 / (k + 1) },
      { input, measure: 'First order', value: k === 2 ? Number.NaN : 0.2, lower: -0.05, upper: Number.NaN },
    ]),
  }),
  tornado: tornadoChart({
    base: 110,
    x: { title: 'Day of B-cell return', unit: 'day', scale: 'linear' },
    rows: [
      { input: 'rho', atLow: 90, atHigh: 150 },
      { input: 'kU', atLow: 115, atHigh: Number.NaN },
    ],
  }),
}
