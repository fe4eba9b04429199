import { shelves } from 'virtual:library-index'
import { render } from 'preact'
import { startPage } from './components/project/start-page.tsx'
import { App } from './components/shell/app.tsx'
import { fetchWhenTouched } from './components/shell/lazy-panels.ts'
import { createWorkers } from './compute/create-workers.ts'
import { firstModel, loadLibraryModel } from './state/load-library-model.ts'
import { createModelShelf } from './state/model-shelf.ts'
import './styles/index.css'

/** Not awaited at the top of this module: what is fetched on the way may import from it. */
async function begin(): Promise<void> {
  const root = document.getElementById('app')
  if (!root) throw new Error('the page has no element #app')
  const shelf = createModelShelf(shelves, loadLibraryModel)
  const { dashboard, session } = await startPage(root, { shelf, firstModel, workers: createWorkers })
  fetchWhenTouched()
  render(<App dashboard={dashboard} session={session} />, root)
}

void begin()
