import type { SubjectOutcome } from '@cartkin/compute'
import type { ColumnTable, DecidedDose, Subject } from '@cartkin/simulation'

/** What a simulation gives to be written and told. */
export interface Simulated {
  readonly table: ColumnTable
  /** How each subject's run ended. */
  readonly runs: readonly { readonly id: string; readonly outcome: SubjectOutcome }[]
  /** Doses that rules decided, by subject. */
  readonly decided: readonly { readonly id: string; readonly decided: readonly DecidedDose[] }[]
  /** What each subject was given, decided doses among it; absent for virtual patients. */
  readonly given?: readonly Subject[]
  /** Further fields of the JSON output. */
  readonly details: Readonly<Record<string, unknown>>
}

/** Why a run did not finish, with its time; null where it did. */
export function failureOf(outcome: SubjectOutcome): string | null {
  switch (outcome.status) {
    case 'finished':
      return null
    case 'failed':
      return `failed at time ${outcome.t} (${outcome.reason}): ${outcome.message}`
    case 'crashed':
      return `crashed: ${outcome.message}`
    default:
      return `${outcome.status} at time ${outcome.t}`
  }
}
