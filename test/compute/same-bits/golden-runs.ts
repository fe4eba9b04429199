import { eventRuns } from './event-runs.ts'
import type { GoldenRun } from './golden-run.ts'
import { modelRuns } from './model-runs.ts'
import { numberRuns } from './number-runs.ts'
import { problemRuns } from './problem-runs.ts'

/** Runs that between them pass through everything that computes a result. */
export const goldenRuns: readonly GoldenRun[] = [...problemRuns, ...eventRuns, ...modelRuns, ...numberRuns]
