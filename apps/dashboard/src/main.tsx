import { libraryModels } from '@cartkin/cart-models'
import { render } from 'preact'
import { App } from './components/app.tsx'
import { createWorkers } from './compute/create-workers.ts'
import { createDashboard } from './state/dashboard.ts'
import './styles/index.css'

/** The models of our own come first, the published ones in the order of the library. */
const first = ['lupus-qsp', 'oncology-qsp']
const presets = libraryModels.toSorted((a, b) => place(a.id) - place(b.id))

function place(id: string): number {
  return first.includes(id) ? first.indexOf(id) : first.length
}

const root = document.getElementById('app')
if (!root) throw new Error('the page has no element #app')
render(<App dashboard={createDashboard(presets, 'lupus-qsp', createWorkers())} />, root)
