/** The order of a date's parts: NONMEM's DATE (month, day, year), DAT1, DAT2 (as in ISO 8601) and DAT3. */
export type DateForm = 'DATE' | 'DAT1' | 'DAT2' | 'DAT3'

export const dateForms: readonly DateForm[] = ['DATE', 'DAT1', 'DAT2', 'DAT3']

const ORDER: Readonly<Record<DateForm, readonly ('year' | 'month' | 'day')[]>> = {
  DATE: ['month', 'day', 'year'],
  DAT1: ['day', 'month', 'year'],
  DAT2: ['year', 'month', 'day'],
  DAT3: ['year', 'day', 'month'],
}

/** How a date of a form is written, for people. */
export function dateFormText(form: DateForm): string {
  return ORDER[form].join('/')
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** A whole number of `least` to `most` digits; null for any other text. */
function digits(text: string | undefined, least: number, most: number): number | null {
  if (text === undefined || text.length < least || text.length > most) return null
  for (const c of text) if (c < '0' || c > '9') return null
  return Number(text)
}

/** Days from 1970-01-01 (Gregorian), null where there is no such day. */
function dayNumber(year: number | null, month: number | null, day: number | null): number | null {
  if (year === null || month === null || day === null || month < 1 || month > 12 || day < 1) return null
  const longest = (DAYS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0)
  return day > longest ? null : Date.UTC(year, month - 1, day) / 86_400_000
}

/** Years of two digits up to this are 20nn, others 19nn: NONMEM's LAST20, as it comes. */
export const last20 = 50

/**
 * The day of a date with a year of four digits (with two digits where `short`), its parts separated by - or /; null for any
 * other text.
 */
export function parseDate(text: string, form: DateForm, short = false): number | null {
  const separator = text.includes('/') ? '/' : '-'
  const parts = text.split(separator)
  if (parts.length !== 3) return null
  const iso = parts[0]?.length === 4 && separator === '-' && form === 'DATE'
  const order = ORDER[iso ? 'DAT2' : form]
  const part = (name: 'year' | 'month' | 'day') => {
    const found = parts[order.indexOf(name)]
    return name === 'year' ? (short ? digits(found, 2, 2) : digits(found, 4, 4)) : digits(found, 1, 2)
  }
  const given = part('year')
  if (given === null) return null
  const year = short ? given + (given > last20 ? 1900 : 2000) : given
  return year < 1000 ? null : dayNumber(year, part('month'), part('day'))
}

/** Seconds of a clock time `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`; hours above 23 go on counting. Null for any other text. */
export function parseClock(text: string): number | null {
  const [hours, minutes, seconds = '00', ...more] = text.split(':')
  const [whole, fraction = '0', ...rest] = seconds.split('.')
  const h = digits(hours, 1, 4)
  const m = digits(minutes, 2, 2)
  const s = digits(whole, 2, 2)
  const f = digits(fraction, 1, 9)
  if (more.length > 0 || rest.length > 0 || h === null || m === null || s === null || f === null) return null
  return m > 59 || s > 59 ? null : h * 3600 + m * 60 + Number(`${s}.${fraction}`)
}

/** A moment in seconds since 1970, and whether its text said an offset from UTC. */
export interface Moment {
  readonly seconds: number
  readonly zoned: boolean
}

/** Reads `2024-01-31T08:30`, `2024-01-31 08:30:15Z`, `2024-01-31T08:30+01:00` and `2024-01-31`; null for any other text. */
export function parseTimestamp(text: string): Moment | null {
  const date = text.slice(0, 10)
  const day = date[4] === '-' && date[7] === '-' ? parseDate(date, 'DAT2') : null
  if (day === null) return null
  if (text.length === 10) return { seconds: day * 86_400, zoned: false }
  if (text[10] !== 'T' && text[10] !== ' ') return null
  const rest = text.slice(11)
  const sign = Math.max(rest.indexOf('+'), rest.indexOf('-'))
  const zulu = rest.endsWith('Z')
  const clock = parseClock(zulu ? rest.slice(0, -1) : sign < 0 ? rest : rest.slice(0, sign))
  const offset = zulu || sign < 0 ? 0 : parseClock(rest.slice(sign + 1))
  if (clock === null || clock >= 86_400 || offset === null || offset >= 86_400) return null
  const ahead = sign >= 0 && rest[sign] === '-' ? -offset : offset
  return { seconds: day * 86_400 + clock - ahead, zoned: zulu || sign >= 0 }
}
