import type { Refusal } from '@cartkin/compute'
import { missingInputText } from '@cartkin/simulation'

/** A refusal in words for the page. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.status) {
    case 'bad-model':
      return refusal.diagnostics.map(({ message, span }) => `Line ${span.line}: ${message}`).join(' ')
    case 'missing-inputs':
      return refusal.inputs
        .map((input) => `Line ${input.span.line}: ${missingInputText(input, 'give it a value among the parameters')}`)
        .join(' ')
    case 'bad-job':
      return refusal.message
    case 'cancelled':
      return 'Cancelled.'
    case 'crashed':
      return `The computation stopped unexpectedly: ${refusal.message}`
  }
}
