/** Colours of text, rules and states on white; contrast on white in brackets. */
export const ink = {
  /** Text (16.6). */
  text: '#1B1F24',
  /** Secondary text (6.4). */
  muted: '#57606A',
  /** Lines of axes and references (3.2). */
  line: '#8C959F',
  /** Rules and grid; never the only carrier of anything. */
  rule: '#D0D7DE',
  grid: '#EAEEF2',
  ok: '#1A6B3C',
  error: '#B3261E',
} as const

/**
 * Series colours: the five of Okabe and Ito ("Color Universal Design", 2008) with a contrast of at least 3 on white, blue
 * first.
 */
export const seriesColours: readonly string[] = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#000000']

/** Dash patterns that go with them; the first is solid. */
export const seriesDashes: readonly (readonly number[])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
  [12, 4],
]
