import { ink } from './palette.ts'

/** The y channel of bars by input, from the top down: names in full, beside the bars, without a line or ticks. */
export function inputAxis(names: readonly string[]) {
  return {
    field: 'input',
    type: 'nominal',
    sort: [...names],
    axis: {
      title: null,
      domain: false,
      ticks: false,
      labelColor: ink.text,
      labelPadding: 8,
      labelFontSize: 12,
      labelOverlap: false,
      labelLimit: 0,
    },
  } as const
}
