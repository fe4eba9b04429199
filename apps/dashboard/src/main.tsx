import { libraryShelves } from '@cartkin/cart-models'
import { render } from 'preact'
import { App } from './components/app.tsx'
import { createWorkers } from './compute/create-workers.ts'
import { createDashboard } from './state/dashboard.ts'
import './styles/index.css'

const root = document.getElementById('app')
if (!root) throw new Error('the page has no element #app')
render(<App dashboard={createDashboard(libraryShelves, 'lupus-qsp', createWorkers())} />, root)
