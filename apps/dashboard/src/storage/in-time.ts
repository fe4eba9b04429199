/** The work, or an error where the browser's storage does not answer for so long, milliseconds. */
export function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let waiting: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    waiting = setTimeout(() => reject(new Error('its storage does not answer')), milliseconds)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(waiting))
}
