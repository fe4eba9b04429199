import type { Method } from './methods/method.ts'
import type { Statistics, StepControl, Stopping } from './options.ts'
import type { Outcome } from './outcome.ts'
import { checkGrid, type GridOutput, GridSink } from './output/grid-output.ts'
import type { StepSink } from './output/step-sink.ts'
import type { Trajectory } from './output/trajectory.ts'
import { TrajectoryMemory } from './output/trajectory-memory.ts'
import { TrajectoryRecorder } from './output/trajectory-recorder.ts'
import type { Problem } from './problem.ts'
import { checkProblem } from './run/check-problem.ts'
import { resolveControl } from './run/resolve-control.ts'
import { SubjectRun } from './run/subject-run.ts'
import { stepperFor } from './steppers/choose-method.ts'
import { createStepper } from './steppers/create-stepper.ts'
import type { Stepper, StepperFactory } from './steppers/stepper.ts'

/** How an integration ended and the work done. */
export interface GridSolution {
  readonly outcome: Outcome
  readonly statistics: Statistics
}

/** What an integration gives: how it ended, the solution up to there, and the work done. */
export interface Solution extends GridSolution {
  readonly trajectory: Trajectory
}

/**
 * Integrates a problem and keeps the whole solution.
 *
 * `method` 'auto' starts explicit, turns to a stiff method where the problem is stiff and back where it is not; which two,
 * `autoMethods` tells.
 *
 * Misuse (shapes, times, options) throws a RangeError or TypeError; numerical failure is an outcome. `makeStepper` lets
 * a caller run compiled steppers of the same methods, `memory` many trajectories one after the other in the same memory.
 */
export function integrate(
  problem: Problem,
  method: Method | 'auto',
  control: StepControl = {},
  stopping: Stopping = {},
  makeStepper: StepperFactory = createStepper,
  memory: TrajectoryMemory = new TrajectoryMemory(),
): Solution {
  const recorderFor = ({ dimension, parameterCount, denseRows }: Stepper) =>
    new TrajectoryRecorder(dimension, parameterCount, denseRows, problem.y0, problem.sensitivities ?? null, memory)
  const { run, outcome, sink } = solve(problem, method, control, stopping, makeStepper, recorderFor)
  return {
    outcome,
    statistics: run.statistics,
    trajectory: sink.finish(problem.t0, outcome.t, run.y, run.s),
  }
}

/**
 * Integrates a problem and gives the solution on a grid as the run goes on: bit for bit what the trajectory of
 * `integrate` gives at those times, in memory that does not grow with the run.
 *
 * Throws a RangeError also when the grid is not ascending or leaves [t0, t1].
 */
export function integrateOnGrid(
  problem: Problem,
  output: GridOutput,
  method: Method | 'auto',
  control: StepControl = {},
  stopping: Stopping = {},
  makeStepper: StepperFactory = createStepper,
): GridSolution {
  checkGrid(output, problem.t0, problem.t1)
  const watched = (stopping.conditions ?? []).length > 0
  const { run, outcome } = solve(
    problem,
    method,
    control,
    stopping,
    makeStepper,
    (stepper) => new GridSink(output, stepper, watched),
  )
  return { outcome, statistics: run.statistics }
}

function solve<Sink extends StepSink>(
  problem: Problem,
  method: Method | 'auto',
  control: StepControl,
  stopping: Stopping,
  makeStepper: StepperFactory,
  sinkFor: (stepper: Stepper) => Sink,
): { readonly run: SubjectRun; readonly outcome: Outcome; readonly sink: Sink } {
  const sensitivities = checkProblem(problem)
  const resolved = resolveControl(control, problem.system.dimension)
  const stepper = stepperFor(method, problem.system, resolved, sensitivities, makeStepper)
  const sink = sinkFor(stepper)
  const explicitOnly = method !== 'auto' && method.kind === 'explicit'
  const run = new SubjectRun(problem, resolved, stopping, stepper, sink, explicitOnly)
  run.begin()
  while (run.outcome === null) {
    const { leg } = run
    if (leg !== null && stepper.march !== undefined) {
      stepper.march(leg)
      if (leg.stop === 'odd' && leg.norm <= 1) stepper.accept()
      run.marched()
      continue
    }
    const norm = stepper.attempt(run.end)
    if (norm <= 1) stepper.accept()
    run.attempted(norm)
  }
  stepper.release?.()
  return { run, outcome: run.outcome, sink }
}
