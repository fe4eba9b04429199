import { libraryModel } from '@cartkin/cart-models'
import { createModelCache, runJob, type SensitivitiesJob, type SimulateJob } from '@cartkin/compute'
import { timeGrid } from '@cartkin/simulation'
import { describe, expect, it } from 'vitest'

const here = { models: createModelCache() }
const solver = { rtol: 1e-10, atol: 1e-12 }

async function sensitivities(job: SensitivitiesJob) {
  const answer = await runJob(job, here)
  if (answer.status !== 'ok' || answer.result.kind !== 'sensitivities') throw new Error(JSON.stringify(answer))
  return answer.result
}

async function course({ kind: _, varied: __, quantities, ...scenario }: SensitivitiesJob, moved: object) {
  const parameters = { ...scenario.parameters, ...moved }
  const job: SimulateJob = { ...scenario, kind: 'simulate', parameters, endpoints: [] }
  const answer = await runJob(job, here)
  if (answer.status !== 'ok' || answer.result.kind !== 'simulate') throw new Error(JSON.stringify(answer))
  const { columns } = answer.result.table
  return quantities.map((name) => {
    const column = columns.find((one) => one.name === name)
    return column?.kind === 'number' ? column.values : new Float64Array()
  })
}

/** Largest difference from central differences of whole courses, relative to the largest derivative of the pair. */
async function worstDifference(job: SensitivitiesJob): Promise<number> {
  const exact = await sensitivities(job)
  let worst = 0
  for (const [j, name] of exact.varied.entries()) {
    const value = exact.at[j]!
    const step = 1e-4 * Math.abs(value)
    const [above, below] = [await course(job, { [name]: value + step }), await course(job, { [name]: value - step })]
    for (const [q, derivatives] of exact.derivatives.entries()) {
      const own = derivatives.subarray(j * job.times.length, (j + 1) * job.times.length)
      const size = own.reduce((most, each) => Math.max(most, Math.abs(each)), 0)
      for (const [t, each] of own.entries()) {
        const difference = (above[q]![t]! - below[q]![t]!) / (2 * step)
        if (size > 0) worst = Math.max(worst, Math.abs(each - difference) / size)
      }
    }
  }
  return worst
}

describe('sensitivities of a course', () => {
  it('are those of central differences, by parameters of the model and of the amounts given', async () => {
    const text = `
ka = 0.8  # [1/day] absorption
ke = 0.3  # [1/day] elimination
lag = 0.4 # [day] lag
w = 70    # [kg] weight
d/dt(D) = -ka*D
d/dt(A) = ka*D - ke*A
lag(D) = lag
f(D) = ka/(1 + ka)
C = A/w   # [mg/kg] concentration
`
    const doses = [
      { time: 0, cmt: 'D', amt: 'w*2 + w*w/100' },
      { time: 3, cmt: 'A', amt: '5*w', duration: 0.5 },
      { time: 5, cmt: 'A', amt: 100, ii: 1, addl: 2 },
    ]
    const job: SensitivitiesJob = {
      ...{
        kind: 'sensitivities',
        text,
        parameters: {},
        doses: { regimen: { name: 'three', doses } },
        start: 0,
        solver,
      },
      ...{ times: timeGrid(0, 10, 0.3), varied: ['ka', 'ke', 'lag', 'w'], quantities: ['A', 'C'] },
    }
    expect(await worstDifference(job)).toBeLessThan(1e-6)
  })

  it('are those of central differences for CAR-T cells in lupus, lymphodepletion by its amounts', async () => {
    const { text, regimen, start } = libraryModel('lupus-qsp')
    const job: SensitivitiesJob = {
      ...{ kind: 'sensitivities', text, parameters: {}, doses: { regimen }, start, solver },
      ...{ times: timeGrid(-5, 60, 5), varied: ['rho', 'dose', 'w_flu', 'w_cy'], quantities: ['CAR', 'B', 'IL6'] },
    }
    const exact = await sensitivities(job)
    for (const [j, name] of exact.varied.entries()) {
      const own = exact.derivatives[0]!.subarray(j * job.times.length, (j + 1) * job.times.length)
      expect(
        own.some((value) => value !== 0),
        name,
      ).toBe(true)
    }
    expect(await worstDifference(job)).toBeLessThan(1e-4)
  })

  it('leave out parameters by which a rule decides, and say so', async () => {
    const text = 'k = 0.2 # [1/day] loss\nlimit = 3\nd/dt(A) = -k*A\n'
    const regimen = {
      name: 'again below the limit',
      doses: [{ time: 0, cmt: 'A', amt: 10 }],
      rules: [{ name: 'again', when: { quantity: 'A', below: 'limit' }, give: [{ cmt: 'A', amt: 5 }], atMost: 1 }],
    }
    const job: SensitivitiesJob = {
      ...{ kind: 'sensitivities', text, parameters: {}, doses: { regimen }, start: 0, solver },
      ...{ times: timeGrid(0, 12, 0.7), varied: ['k', 'limit'], quantities: ['A'] },
    }
    const { varied, leftOut } = await sensitivities(job)
    expect(varied).toEqual(['k'])
    expect(leftOut).toEqual([{ name: 'limit', reason: 'a rule of the regimen names it' }])
    expect(await worstDifference({ ...job, varied: ['k'] })).toBeLessThan(1e-4)
  })

  it('refuse names that the model does not have', async () => {
    const job: SensitivitiesJob = {
      ...{ kind: 'sensitivities', text: 'k = 1\nd/dt(A) = -k*A\n', parameters: {}, doses: { records: [] }, start: 0 },
      ...{ times: timeGrid(0, 1, 0.5), varied: ['q'], quantities: ['A'] },
    }
    expect(await runJob(job, here)).toEqual({ status: 'bad-job', message: 'the model has no parameter q; it has k' })
  })
})
