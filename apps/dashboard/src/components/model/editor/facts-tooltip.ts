import { type Hover, hoverAt } from '@cartkin/model'
import type { Extension } from '@codemirror/state'
import { hoverTooltip } from '@codemirror/view'
import type { WordFacts } from '../word-facts.ts'
import type { Analyser } from './analyser.ts'

const hoverMilliseconds = 250

/** A card with what is known of the word under the pointer. */
export function factsTooltip(analyse: Analyser, describe: (hover: Hover) => WordFacts): Extension {
  return hoverTooltip(
    ({ state }, pos) => {
      const analysis = analyse(state.doc)
      const hover = analysis ? hoverAt(analysis, pos) : undefined
      if (!hover) return null
      const { offset, length } = hover
      return { pos: offset, end: offset + length, above: true, create: () => ({ dom: card(describe(hover)) }) }
    },
    { hoverTime: hoverMilliseconds },
  )
}

function card({ name, kind, meaning, unit, value, source, code }: WordFacts): HTMLElement {
  const rows = [
    element('p', 'facts-title', element('code', '', name), ` ${kind}${unit && !value ? `, ${unit}` : ''}`),
    ...(meaning ? [element('p', 'facts-meaning', meaning)] : []),
    ...(value ? [element('p', 'facts-value', value)] : []),
    ...(source ? [element('p', 'facts-source', source)] : []),
    ...code.map((line) => element('pre', 'facts-code', line)),
  ]
  return element('div', 'facts', ...rows)
}

/** What is written in it stays text, whatever it says. */
function element(tag: string, name: string, ...children: readonly (Node | string)[]): HTMLElement {
  const made = document.createElement(tag)
  made.className = name
  made.append(...children)
  return made
}
