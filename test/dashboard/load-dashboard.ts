import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A module of the dashboard, which lies outside the tests' TypeScript project. */
export const loadDashboard = (file: string) =>
  import(pathToFileURL(join(import.meta.dirname, '../../apps/dashboard/src', file)).href)
