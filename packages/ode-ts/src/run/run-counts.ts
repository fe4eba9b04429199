import type { Statistics } from '../options.ts'
import type { StepperLane } from '../steppers/stepper.ts'

/** What a run has cost so far, in its own steps and in evaluations of a lane that may have worked for others before. */
export class RunCounts {
  steps = 0
  rejected = 0
  /** Evaluations to find first steps. */
  startEvaluations = 0
  private readonly lane: StepperLane
  private readonly rhsBefore: number
  private readonly jacobiansBefore: number
  private readonly decompositionsBefore: number
  private readonly fallbacksBefore: number

  constructor(lane: StepperLane) {
    this.lane = lane
    this.rhsBefore = lane.rhsEvaluations
    this.jacobiansBefore = lane.jacobianEvaluations
    this.decompositionsBefore = lane.decompositions
    this.fallbacksBefore = lane.pivotFallbacks ?? 0
  }

  get attempts(): number {
    return this.steps + this.rejected
  }

  get statistics(): Statistics {
    const { lane } = this
    return {
      steps: this.steps,
      rejected: this.rejected,
      rhsEvaluations: lane.rhsEvaluations - this.rhsBefore + this.startEvaluations,
      jacobianEvaluations: lane.jacobianEvaluations - this.jacobiansBefore,
      decompositions: lane.decompositions - this.decompositionsBefore,
      pivotFallbacks: (lane.pivotFallbacks ?? 0) - this.fallbacksBefore,
    }
  }
}
