/** Attributes of Vega's that say nothing once the whole SVG is one named image without style sheet or events. */
const NEEDLESS = ['role', 'aria-label', 'aria-roledescription', 'aria-hidden', 'class', 'pointer-events']

/** A tag without the attributes that only a live view needs. */
export function bareSvgTag(tag: string): string {
  let bare = tag
  for (const name of NEEDLESS) {
    const mark = ` ${name}="`
    for (let start = bare.indexOf(mark); start >= 0; start = bare.indexOf(mark)) {
      const end = bare.indexOf('"', start + mark.length)
      bare = bare.slice(0, start) + bare.slice(end + 1)
    }
  }
  return bare
}
