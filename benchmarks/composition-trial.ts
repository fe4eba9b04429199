// Prints milliseconds from the parts of a composed model to its steppers in this new process, and from its text.

import { composedCourse } from './composed-course.ts'
import { millisecondsToSteppers } from './milliseconds-to-steppers.ts'

const course = composedCourse()
const start = performance.now()
const { text } = course
const composing = performance.now() - start
console.log(composing, millisecondsToSteppers(text))
