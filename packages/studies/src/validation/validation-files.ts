import { manifestOf } from '@cartkin/tables'
import { checkResultFolder, publishResult } from '../files/result-folder.ts'
import { resultJson } from '../files/result-json.ts'
import { versions } from '../files/versions.ts'
import { licenceLine, licensedObservations } from '../steps/licensed-observations.ts'
import type { ResultFile } from '../steps/step-result.ts'
import type { Validation } from './validation.ts'
import { validationPage } from './validation-page.ts'

/**
 * Runs a validation and puts it into a folder, all or none: `validation.html`, `validation.json`, `manifest.json`. Throws an
 * InputError, before any work, for a folder that holds something else.
 */
export async function publishValidation(out: string, validate: () => Promise<Validation>): Promise<Validation> {
  await checkResultFolder(out)
  const validation = await validate()
  await publishResult(out, await validationFiles(validation))
  return validation
}

async function validationFiles(validation: Validation): Promise<readonly ResultFile[]> {
  const { rows, groups, subjects, seed } = validation
  const sources = new Map(groups.map(({ source }) => [source.id, source]))
  const about = {
    versions: await versions(),
    model: { id: [...sources.keys()].join('+'), text: [...sources.values()].map(({ text }) => text).join('') },
    options: { command: 'validate', subjects },
    seed,
    status: {
      met: rows.filter(({ pass }) => pass).length,
      missed: rows.filter(({ pass }) => !pass).length,
    },
    licences: [...new Set([...sources.values()].flatMap((source) => licensedObservations(source).map(licenceLine)))],
  }
  const html = await validationPage(validation, await manifestOf({ ...about, files: [] }))
  const files = [
    { name: 'validation.html', bytes: new TextEncoder().encode(html) },
    { name: 'validation.json', bytes: resultJson(rows) },
  ]
  const manifest = await manifestOf({ ...about, files })
  return [...files, { name: 'manifest.json', bytes: resultJson(manifest) }]
}
