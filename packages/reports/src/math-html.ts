import { escapeHtml } from './escape-html.ts'
import type { MathElement } from './math-element.ts'

const TAGS: ReadonlySet<string> = new Set('mi mn mo mtext mrow mfrac msup msub msqrt mtable mtr mtd'.split(' '))

/** Mathematics as markup that browsers show by themselves, fractions at full size. */
export function mathHtml(element: MathElement): string {
  return `<math displaystyle="true">${elementHtml(element)}</math>`
}

function elementHtml(element: MathElement): string {
  const { tag } = element
  if (!TAGS.has(tag)) throw new RangeError(`mathematics holds the element ${tag}; known are ${[...TAGS].join(', ')}`)
  if ('text' in element) {
    const flat = element.flat === true ? ' stretchy="false"' : ''
    return `<${tag}${flat}>${escapeHtml(element.text)}</${tag}>`
  }
  const layout = element.layout === undefined ? '' : ` class="${escapeHtml(element.layout)}"`
  return `<${tag}${layout}>${element.children.map(elementHtml).join('')}</${tag}>`
}
