import { groupName } from '../../datasets/explore.ts'
import type { ObservedWords } from '../../plot/observed-hover.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { formatNumber } from '../controls/format-number.ts'
import { unitText } from '../controls/unit-text.ts'

/** What is said of the data of a page. */
export function observedWords({ data, observed, opened }: Dashboard): ObservedWords {
  const choice = data.choice.peek()
  const levels = observed.peek()?.groupLevels ?? []
  const { timeUnit, quantities } = opened.peek()
  return {
    file: choice?.name ?? '',
    timeUnit,
    unit: (quantity) => unitText(quantities.get(quantity)?.unit ?? ''),
    group(place) {
      const level = levels[place]
      return level === undefined ? '' : groupName(choice?.group ?? '', level)
    },
    format: (value) => formatNumber(value, 4),
  }
}
