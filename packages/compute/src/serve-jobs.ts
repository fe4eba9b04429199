import { type FitControl, fitControl } from '@cartkin/fitting'
import type { Model, SharedModel } from '@cartkin/model'
import { type Endpoint, expose, transfer } from 'comlink'
import { buffersOf } from './buffers-of.ts'
import { beatWord, type Control, isShared, mailWord, stage, stageWord, wish, wishWord } from './control.ts'
import type { JobRunner } from './job-hooks.ts'
import type { Answer, Job, Progress } from './protocol.ts'
import type { ProgressListener, WorkerApi } from './worker-api.ts'

/** Shortest time between two reports of subjects done, milliseconds; iterations of a fit are all told. */
const reportInterval = 50

/**
 * Makes the calling worker serve jobs to its pool, one after the other.
 *
 * @param runner what turns a job into its answer
 * @param endpoint where the pool is reached; the worker's own global by default
 * @param provide takes a model that another thread compiled or read; ignored by default
 */
export function serveJobs(runner: JobRunner, endpoint?: Endpoint, provide: TakeModel = () => {}): void {
  expose(workerApi(runner, provide), endpoint)
}

type TakeModel = (text: string, model: SharedModel | Model) => void

/** What belongs to a job that was given to this worker. */
interface Given {
  readonly control: Control
  readonly commands: FitControl
  /** Commands that have come. */
  received: number
}

function workerApi(runner: JobRunner, provide: TakeModel): WorkerApi {
  const given = new Map<number, Given>()
  const connection: { listener: ProgressListener | null } = { listener: null }
  const queue = { last: Promise.resolve() }

  async function runNow(task: number, job: Job, own: Given): Promise<Answer> {
    const { control, commands } = own
    const told: Promise<void>[] = []
    let reported = 0
    const onProgress = (progress: Progress) => {
      const now = performance.now()
      const isLast = progress.kind === 'subjects' && progress.done === progress.total
      if (progress.kind === 'subjects' && !isLast && now - reported < reportInterval) return
      reported = now
      told.push(Promise.resolve(connection.listener?.(task, progress)).catch(() => {}))
    }
    const wanted = () => {
      Atomics.add(control, beatWord, 1)
      const wished = Atomics.load(control, wishWord)
      return wished === wish.cancel ? 'cancel' : wished === wish.finish ? 'finish' : 'run'
    }
    const isFit = job.kind === 'fit' || job.kind === 'fit-each'
    // memory that is shared says when there is something to read
    const mail = async () => {
      while (own.received < Atomics.load(control, mailWord) && wanted() === 'run') await nextMessage()
    }
    const hooks = {
      ...(isShared(control) ? (isFit ? { pause: mail } : {}) : { pause: nextMessage }),
      ...(isFit ? { control: commands } : {}),
    }
    Atomics.store(control, stageWord, stage.running)
    try {
      const answer = await runner(job, { onProgress, wanted, ...hooks })
      await Promise.all(told)
      return transfer(answer, buffersOf(answer))
    } finally {
      Atomics.store(control, stageWord, stage.done)
      given.delete(task)
    }
  }

  return {
    connect(listener) {
      connection.listener = listener
    },
    run(task, job, control) {
      const own = { control, commands: fitControl(), received: 0 }
      given.set(task, own)
      const answer = queue.last.then(() => runNow(task, job, own))
      queue.last = answer.then(
        () => {},
        () => {},
      )
      return answer
    },
    provide,
    tell(task, wished) {
      const own = given.get(task)
      if (own) Atomics.store(own.control, wishWord, wished)
    },
    steer(task, command) {
      const own = given.get(task)
      if (!own) return
      own.received++
      own.commands.send(command)
    },
  }
}

function nextMessage(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
