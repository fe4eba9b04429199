import { libraryModel, libraryModels } from '@cartkin/cart-models'
import { manifestOf } from '@cartkin/tables'
import { checkResultFolder, publishResult } from '../files/result-folder.ts'
import { resultJson } from '../files/result-json.ts'
import { versions } from '../files/versions.ts'
import { licenceLine, licensedObservations } from '../steps/licensed-observations.ts'
import { StudyStopped } from '../steps/study-context.ts'
import { type LibraryValidation, validateLibrary } from '../validation/validate-library.ts'
import { indexPage } from './index-page.ts'
import { modelPage } from './model-page.ts'
import { modelRuns } from './model-runs.ts'

/**
 * Writes a page for each of these library models (all when absent), an index and a manifest into a folder, all or none, and
 * returns the names of the files. Throws a RangeError for a model that the library lacks, an InputError for a folder that
 * holds something else, and StudyStopped when the signal asks for an end.
 */
export async function publishModelPages(
  out: string,
  ids: readonly string[] | undefined,
  options: Omit<LibraryValidation, 'models'>,
): Promise<readonly string[]> {
  const libraries = ids === undefined ? libraryModels : ids.map(libraryModel)
  await checkResultFolder(out)
  const { cartkin = '', ...others } = await versions()
  const { rows } = await validateLibrary({ ...options, models: libraries.map(({ id }) => id) })
  const models = []
  const pages = []
  for (const library of libraries) {
    if (options.signal.aborted) throw new StudyStopped('stopped before the pages were written')
    const runs = await modelRuns(library, options.pool, options.signal)
    const targets = rows.filter(({ id }) => library.targets.includes(id))
    models.push({ runs, targets })
    pages.push({ name: `${library.id}.html`, html: await modelPage(runs, targets, cartkin) })
  }
  const files = [{ name: 'index.html', html: indexPage(models, cartkin) }, ...pages].map(({ name, html }) => ({
    name,
    bytes: new TextEncoder().encode(html),
  }))
  const sources = models.map(({ runs: { source } }) => source)
  const manifest = await manifestOf({
    versions: { cartkin, ...others },
    model: { id: sources.map(({ id }) => id).join('+'), text: sources.map(({ text }) => text).join('') },
    options: { command: 'models page', subjects: options.subjects },
    seed: options.seed,
    status: {},
    licences: [...new Set(sources.flatMap((source) => licensedObservations(source).map(licenceLine)))],
    files,
  })
  await publishResult(out, [...files, { name: 'manifest.json', bytes: resultJson(manifest) }])
  return files.map(({ name }) => name)
}
