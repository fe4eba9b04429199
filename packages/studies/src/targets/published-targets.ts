import { type CalibrationTarget, parseTargets, targetFiles } from '@cartkin/cart-models'
import { evidence } from '../files/evidence.ts'

/** Every published target that comes with the models, file after file. */
export async function publishedTargets(): Promise<readonly CalibrationTarget[]> {
  const files = await Promise.all(targetFiles.map((file) => evidence(file)))
  return files.flatMap(({ text }) => parseTargets(text))
}
