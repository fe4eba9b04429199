import type { FitCommand, SteeringEntry } from '@cartkin/fitting'
import type { Model, SharedModel } from '@cartkin/model'
import { proxy, wrap } from 'comlink'
import type { ComputePool, RunOptions } from './compute-pool.ts'
import {
  beatWord,
  type Control,
  canShareMemory,
  createControl,
  mailWord,
  stage,
  stageWord,
  type Wish,
  wish,
  wishWord,
} from './control.ts'
import type { Answer, AnswerTo, Job } from './protocol.ts'
import type { RemoteWorker, WorkerApi } from './worker-api.ts'
import type { WorkerHandle } from './worker-handle.ts'

export interface WorkerPoolOptions {
  /** Number of workers, at least 1. */
  readonly size: number
  readonly spawn: () => WorkerHandle
  /** Whether control words lie in shared memory (wherever that is possible). */
  readonly shared?: boolean
  /** A worker that shows no sign of life for this long while it runs a job is taken for dead, milliseconds (10,000). */
  readonly silence?: number
}

/** How long a cancelled job may hold its worker before the worker is ended, milliseconds. */
const cancelGrace = 150
/** How often a running worker is looked at, milliseconds. */
const watchInterval = 1000
/** Longest time a worker may take to begin its first job, milliseconds. */
const loadingPatience = 30_000
/** A job that brings down this many workers is 'crashed'. */
const mostDeaths = 2

interface Task {
  readonly id: number
  job: Job
  readonly options: RunOptions
  readonly settle: (answer: Answer) => void
  /** Aborted when the job is settled: its listeners go. */
  readonly listening: AbortController
  control: Control
  /** Commands that wait until a worker has the job. */
  readonly mail: FitCommand[]
  /** Commands that the fit has taken: begun anew, it takes them at the same iterations. */
  taken: SteeringEntry[]
  settled: boolean
  deaths: number
}

interface Slot {
  handle: WorkerHandle | null
  remote: RemoteWorker | null
  /** Sent to the worker, which runs them in this order. */
  tasks: Task[]
  timer: ReturnType<typeof setTimeout> | undefined
}

/**
 * A pool of workers on Comlink, which reports neither a dead nor a silent worker: the pool does. Two jobs are in flight per
 * worker, so that it need not wait for the next one, but a fit has its worker alone. A job whose worker dies runs once more
 * on a fresh one.
 */
export class WorkerPool implements ComputePool {
  readonly size: number
  private readonly spawn: () => WorkerHandle
  private readonly shared: boolean
  private readonly silence: number
  private readonly slots: readonly Slot[]
  private queue: Task[] = []
  private closed = false
  private nextId = 1
  /** Models that were given to the workers. A worker that takes the place of a dead one makes its own. */
  private readonly provided = new Set<string>()

  constructor({ size, spawn, shared = true, silence = 10_000 }: WorkerPoolOptions) {
    if (!(Number.isInteger(size) && size >= 1 && size <= 256))
      throw new RangeError(`a pool has 1 to 256 workers, got ${size}`)
    if (!(silence > 0)) throw new RangeError(`silence must be a positive number of milliseconds, got ${silence}`)
    this.size = size
    this.spawn = spawn
    this.shared = shared && canShareMemory()
    this.silence = silence
    this.slots = Array.from({ length: size }, () => ({ handle: null, remote: null, tasks: [], timer: undefined }))
    for (const slot of this.slots) this.start(slot)
  }

  run<J extends Job>(job: J, options: RunOptions = {}): Promise<Answer<AnswerTo<J>>> {
    return new Promise((resolve) => {
      const settle = (answer: Answer) => resolve(answers(job, answer) ? answer : wrongKind(job))
      const task: Task = {
        id: this.nextId++,
        job,
        options,
        settle,
        listening: new AbortController(),
        control: createControl(this.shared),
        mail: [],
        taken: [],
        settled: false,
        deaths: 0,
      }
      if (this.closed || options.signal?.aborted) {
        settle({ status: 'cancelled' })
        return
      }
      const { signal } = task.listening
      options.signal?.addEventListener('abort', () => this.cancel(task), { once: true, signal })
      options.finish?.addEventListener('abort', () => this.express(task, wish.finish), { once: true, signal })
      if (options.finish?.aborted) this.express(task, wish.finish)
      const deaf = options.control?.listen((command) => this.steer(task, command))
      if (deaf) signal.addEventListener('abort', deaf, { once: true })
      this.queue.push(task)
      this.dispatch()
    })
  }

  provide(text: string, model: SharedModel | Model): void {
    this.provided.add(text)
    for (const { remote } of this.slots) remote?.provide(text, model).catch(() => {})
  }

  hasProvided(text: string): boolean {
    return this.size === 1 || this.provided.has(text)
  }

  async close(): Promise<void> {
    this.closed = true
    const open = [...this.queue, ...this.slots.flatMap(({ tasks }) => tasks)]
    this.queue = []
    for (const slot of this.slots) this.stop(slot)
    for (const task of open) this.settle(task, { status: 'cancelled' })
  }

  private dispatch(): void {
    for (let task = this.queue[0]; task && !this.closed; task = this.queue[0]) {
      const slot = this.freeSlot(task.job)
      if (!slot) return
      this.queue.shift()
      this.send(slot, task)
    }
  }

  private freeSlot(job: Job): Slot | undefined {
    const room = this.slots.filter(
      ({ tasks }) => tasks.length === 0 || (tasks.length === 1 && small(job) && tasks.every((task) => small(task.job))),
    )
    return room.find(({ tasks }) => tasks.length === 0) ?? room[0]
  }

  private start(slot: Slot): void {
    try {
      const handle = this.spawn()
      handle.onDeath((reason) => {
        if (slot.handle === handle) this.fell(slot, reason)
      })
      slot.handle = handle
      slot.remote = wrap<WorkerApi>(handle.endpoint)
      const listener = proxy((id: number, progress: Parameters<NonNullable<RunOptions['onProgress']>>[0]) => {
        const task = slot.tasks.find((candidate) => candidate.id === id)
        if (!task || task.settled) return
        if (progress.kind === 'steering' && progress.event.kind === 'changed') {
          const { command, iteration } = progress.event
          task.taken.push({ iteration, ...command })
        }
        task.options.onProgress?.(progress)
      })
      slot.remote.connect(listener).catch(() => {})
    } catch (error) {
      slot.handle = null
      this.fell(slot, `a worker could not be started: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  private send(slot: Slot, task: Task): void {
    slot.tasks.push(task)
    if (!slot.remote) this.start(slot)
    const { handle, remote } = slot
    if (!remote) return
    const isCurrent = () => slot.handle === handle && slot.tasks.includes(task)
    const done = (answer: Answer) => {
      if (!isCurrent()) return
      slot.tasks = slot.tasks.filter((other) => other !== task)
      this.settle(task, answer)
      this.watch(slot)
      this.dispatch()
    }
    remote.run(task.id, task.job, task.control).then(done, (error: unknown) => {
      done({ status: 'crashed', message: `the job failed: ${error instanceof Error ? error.message : String(error)}` })
    })
    for (const command of task.mail.splice(0)) this.post(slot, task, command)
    if (slot.tasks[0] === task) this.watch(slot)
  }

  /** A command for a fit: a stop as a wish, which ends an evaluation under way, others as messages. */
  private steer(task: Task, command: FitCommand): void {
    if (task.settled) return
    const slot = this.slots.find(({ tasks }) => tasks.includes(task))
    if (command.command === 'stop') this.express(task, wish.finish)
    else if (slot) this.post(slot, task, command)
    else task.mail.push(command)
  }

  private post({ remote }: Slot, task: Task, command: FitCommand): void {
    Atomics.add(task.control, mailWord, 1)
    remote?.steer(task.id, command).catch(() => {})
  }

  /** Looks after the job that the worker runs: its deadline, its signs of life, and its end when it was cancelled. */
  private watch(slot: Slot): void {
    clearTimeout(slot.timer)
    const task = slot.tasks[0]
    if (!task) return
    const began = performance.now()
    const { deadline = Number.POSITIVE_INFINITY } = task.options
    let beats = -1
    let quiet = 0
    const look = () => {
      if (slot.tasks[0] !== task) return
      const now = performance.now()
      const seen = Atomics.load(task.control, beatWord)
      // Looks without a beat are counted, not time: a machine that slept is not a silent worker.
      quiet = this.shared && seen === beats ? quiet + interval : 0
      beats = seen
      if (task.settled) this.fell(slot, 'cancelled', null)
      else if (!(now - began < deadline)) {
        this.settle(task, { status: 'crashed', message: `the job ran longer than its deadline of ${deadline} ms` })
        this.fell(slot, 'deadline', null)
      } else if (quiet >= this.patience(task)) this.fell(slot, `its worker gave no sign of life for ${quiet} ms`)
      else slot.timer = setTimeout(look, Math.min(interval, Math.max(0, began + deadline - now)))
    }
    const interval = Math.min(watchInterval, this.silence)
    slot.timer = setTimeout(look, task.settled ? cancelGrace : Math.min(interval, Math.max(0, deadline)))
  }

  /** How long a silence is borne: longer while the worker is still loading. */
  private patience({ control }: Task): number {
    return Atomics.load(control, stageWord) === stage.waiting ? Math.max(this.silence, loadingPatience) : this.silence
  }

  private cancel(task: Task): void {
    if (task.settled) return
    this.queue = this.queue.filter((other) => other !== task)
    this.express(task, wish.cancel)
    this.settle(task, { status: 'cancelled' })
    const slot = this.slots.find(({ tasks }) => tasks[0] === task)
    if (slot) this.watch(slot)
  }

  private express(task: Task, wished: Wish): void {
    if (task.settled) return
    Atomics.store(task.control, wishWord, wished)
    if (this.shared) return
    const slot = this.slots.find(({ tasks }) => tasks.includes(task))
    slot?.remote?.tell(task.id, wished).catch(() => {})
  }

  /** A worker is gone: the job it ran is to blame, the others run again. */
  private fell(slot: Slot, reason: string, culprit: Task | null | undefined = running(slot)): void {
    const tasks = slot.tasks
    this.stop(slot)
    const again: Task[] = []
    for (const task of tasks) {
      if (task === culprit) task.deaths++
      if (task.settled) continue
      if (task.deaths >= mostDeaths)
        this.settle(task, { status: 'crashed', message: `the job brought down ${mostDeaths} workers: ${reason}` })
      else {
        const wished = Atomics.load(task.control, wishWord)
        task.control = createControl(this.shared)
        Atomics.store(task.control, wishWord, wished)
        task.job = steeredAnew(task.job, task.taken)
        task.taken = []
        again.push(task)
      }
    }
    this.queue.unshift(...again)
    this.dispatch()
  }

  private stop(slot: Slot): void {
    clearTimeout(slot.timer)
    const { handle } = slot
    slot.handle = null
    slot.remote = null
    slot.tasks = []
    handle?.terminate()
  }

  private settle(task: Task, answer: Answer): void {
    if (task.settled) return
    task.settled = true
    task.listening.abort()
    task.settle(answer)
  }
}

/** A fit takes long; everything else is cut small by whoever asks for it. */
function small(job: Job): boolean {
  return job.kind !== 'fit'
}

/** A fit with the commands that it had taken, before those of its log that it had not come to. */
function steeredAnew(job: Job, taken: readonly SteeringEntry[]): Job {
  if (job.kind !== 'fit' || taken.length === 0) return job
  const open = (job.steering?.log ?? []).filter(
    (entry) =>
      !taken.some(
        (one) =>
          one.iteration === entry.iteration &&
          one.command === entry.command &&
          ('parameter' in one ? one.parameter : '') === ('parameter' in entry ? entry.parameter : ''),
      ),
  )
  return { ...job, steering: { ...job.steering, log: [...taken, ...open] } }
}

function running(slot: Slot): Task | undefined {
  return slot.tasks.find((task) => Atomics.load(task.control, stageWord) === stage.running) ?? slot.tasks[0]
}

function answers<J extends Job>(job: J, answer: Answer): answer is Answer<AnswerTo<J>> {
  return answer.status !== 'ok' || answer.result.kind === job.kind
}

function wrongKind(job: Job): { readonly status: 'crashed'; readonly message: string } {
  return { status: 'crashed', message: `the worker answered a ${job.kind} job with something else` }
}
