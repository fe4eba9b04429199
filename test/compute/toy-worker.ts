import type { Answer, Job } from '@cartkin/compute'
import { parentEndpoint, serveJobs } from '@cartkin/compute/node'

/** A worker whose jobs say by their text how they behave. */
serveJobs(async (job, hooks): Promise<Answer> => {
  const [verb = '', argument = ''] = job.text.split(' ')
  switch (verb) {
    case 'echo':
      return echo(argument)
    case 'throw':
      throw new Error('a defect')
    case 'throw-later':
      setTimeout(() => {
        throw new Error('nobody listens')
      }, 1)
      return new Promise(() => {})
    case 'exit':
      process.exit(3)
      break
    case 'exit-once': {
      // The first call of this process's shared counter dies, the second lives.
      const counter = counterOf(job)
      if (Atomics.add(counter, 0, 1) === 0) process.exit(4)
      return echo('second')
    }
    case 'exit-at': {
      // Subject number `argument` brings down its worker; of the others, the first parameter is their index.
      if (job.kind !== 'population') break
      const indices = Array.from({ length: job.count }, (_, k) => job.from + k)
      if (indices.includes(Number(argument))) process.exit(5)
      return {
        status: 'ok',
        result: {
          kind: 'population',
          from: job.from,
          count: job.count,
          courses: [],
          endpoints: new Float64Array(),
          parameters: Float64Array.from(indices),
          parameterNames: ['index'],
          outcomes: indices.map(() => ({ status: 'finished', t: 0 })),
        },
      }
    }
    case 'steered': {
      // A fit that takes a command and dies; begun anew, it says with which commands.
      const log = job.kind === 'fit' ? (job.steering?.log ?? []) : []
      if (log.length > 1) return { status: 'bad-job', message: JSON.stringify(log) }
      const command = { command: 'fix', parameter: 'k', value: 1 } as const
      hooks.onProgress?.({
        kind: 'steering',
        event: { kind: 'changed', iteration: 2, command, message: '', objective: 0, parameters: [] },
      })
      setTimeout(() => process.exit(6), 100)
      return new Promise(() => {})
    }
    case 'hang':
      for (;;);
    case 'work': {
      const until = performance.now() + Number(argument)
      while (performance.now() < until) if (hooks.wanted?.() === 'cancel') return { status: 'cancelled' }
      return echo(argument)
    }
    case 'wait':
      while (hooks.wanted?.() === 'run') await (hooks.pause?.() ?? Promise.resolve())
      return echo(hooks.wanted?.() ?? '')
    case 'progress':
      for (let done = 1; done <= 200; done++) hooks.onProgress?.({ kind: 'subjects', done, total: 200 })
      return echo('told')
    case 'other-kind':
      return {
        status: 'ok',
        result: {
          kind: 'population',
          from: 0,
          count: 0,
          courses: [],
          endpoints: new Float64Array(),
          parameters: new Float64Array(),
          parameterNames: [],
          outcomes: [],
        },
      }
  }
  return { status: 'bad-job', message: `no verb ${verb}` }
}, parentEndpoint())

function counterOf(job: Job): Int32Array {
  if (job.kind !== 'simulate' || !(job.times.buffer instanceof SharedArrayBuffer))
    throw new Error('needs a shared counter')
  return new Int32Array(job.times.buffer)
}

function echo(text: string): Answer {
  return {
    status: 'ok',
    result: {
      kind: 'simulate',
      table: { columns: [{ kind: 'text', name: 'said', values: [text] }] },
      endpoints: [],
      doseTimes: new Float64Array(1000),
      records: [],
      outcome: { status: 'finished', t: 0 },
      statistics: {
        steps: 0,
        rejected: 0,
        rhsEvaluations: 0,
        jacobianEvaluations: 0,
        decompositions: 0,
        pivotFallbacks: 0,
      },
      milliseconds: 0,
    },
  }
}
