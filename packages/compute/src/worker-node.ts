import { exposeWorker } from './expose-worker.ts'
import { parentEndpoint } from './parent-endpoint.ts'

exposeWorker(parentEndpoint())
