import { type CalibrationTarget, parseTargets, targetFiles } from '@cartkin/cart-models'
import { parseDelimited } from '@cartkin/tables'
import { packageFile } from './fixtures.ts'

const NUMBERS = new Set(['value', 'lo', 'hi'])

/** The calibration targets as their CSV gives them. */
export function targetsOfCsv(): readonly CalibrationTarget[] {
  const file = 'evidence/targets/calibration_targets.csv'
  const { header, rows } = parseDelimited(packageFile(file), file)
  const objects = rows.map((row) =>
    Object.fromEntries(
      header.map(({ text: name }, k) => [name, NUMBERS.has(name) ? Number(row[k]!.text) : row[k]!.text]),
    ),
  )
  return parseTargets(JSON.stringify(objects))
}

/** Every published target that comes with the models. */
export const allTargets = (): readonly CalibrationTarget[] =>
  targetFiles.flatMap((file) => parseTargets(packageFile(file)))
