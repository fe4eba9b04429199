import { libraryShelves } from '@cartkin/cart-models'
import { render } from 'preact'
import { App } from './components/shell/app.tsx'
import { createWorkers } from './compute/create-workers.ts'
import { blankProject } from './document/project-document.ts'
import { createDashboard } from './state/dashboard.ts'
import './styles/index.css'

const root = document.getElementById('app')
if (!root) throw new Error('the page has no element #app')
render(<App dashboard={createDashboard(libraryShelves, blankProject('lupus-qsp'), createWorkers())} />, root)
