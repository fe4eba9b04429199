import type { StudyCourse } from './key-number-study.ts'

/** The typical patient under the model's own regimen. */
export const typicalCourse: readonly StudyCourse[] = [{ name: 'typical patient', parameters: {} }]
