export { createNodePool, type NodePoolOptions } from './create-node-pool.ts'
export type { JobRunner, TaskHooks } from './job-hooks.ts'
export { parentEndpoint } from './parent-endpoint.ts'
export { serveJobs } from './serve-jobs.ts'
