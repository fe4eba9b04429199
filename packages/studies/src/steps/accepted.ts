import type { Answer } from '@cartkin/compute'
import { InputError } from '../files/input-error.ts'
import { type StudyContext, StudyStopped } from './study-context.ts'

/** The result of a job; throws what its refusal means for the study. */
export function accepted<R>(answer: Answer<R>, step: string, { file }: Pick<StudyContext, 'file'>): R {
  switch (answer.status) {
    case 'ok':
      return answer.result
    case 'bad-job':
    case 'missing-inputs':
      throw new InputError(file, `step ${step}: ${answer.message}`)
    case 'bad-model':
      throw new InputError(file, `step ${step}: ${answer.diagnostics.map(({ message }) => message).join('; ')}`)
    case 'cancelled':
      throw new StudyStopped(`stopped in step ${step}`)
    case 'crashed':
      throw new Error(`step ${step}: ${answer.message}`)
  }
}
