/** What a screen reader was told of a fit, and when, milliseconds. */
export interface Announcement {
  readonly text: string
  readonly at: number
}

/** Least time between two of them, milliseconds, so that a fit does not talk over what a person does. */
const rest = 5000

/** What is told now: the newest text, every five seconds at most; that a fit is paused or stopped is told at once. */
export function announcement(last: Announcement | null, text: string, now: number): Announcement {
  if (last && (text === last.text || (phaseOf(text) === phaseOf(last.text) && now - last.at < rest))) return last
  return { text, at: now }
}

function phaseOf(text: string): string {
  return /^(Stopped|Paus)/.exec(text)?.[0] ?? 'Running'
}
