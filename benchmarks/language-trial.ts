// Prints milliseconds from the text of the model named to its steppers, in this new process and then again.

import { languageTexts } from './language-texts.ts'
import { millisecondsToSteppers } from './milliseconds-to-steppers.ts'

const text = languageTexts.get(process.argv[2] ?? '') ?? ''
console.log(millisecondsToSteppers(text), millisecondsToSteppers(text))
