import type { SimulateJob } from '@cartkin/compute'
import type { Io } from '../io.ts'
import { courseRunner } from './run-course.ts'
import type { Simulated } from './simulated.ts'

/** One patient. */
export async function simulateOne(job: SimulateJob, io: Io): Promise<Simulated> {
  const runner = courseRunner(io)
  try {
    const { table, endpoints, outcome, statistics, doseTimes, decided = [], records } = await runner.run(job)
    const details = job.endpoints.map(({ name, label, unit }, k) => ({
      name,
      label,
      unit,
      value: endpoints[k]?.value,
      note: endpoints[k]?.note,
    }))
    return {
      table,
      runs: [{ id: '1', outcome }],
      decided: [{ id: '1', decided }],
      given: [{ id: '1', records, parameters: {} }],
      details: { outcome, statistics, endpoints: details, doseTimes },
    }
  } finally {
    await runner.close()
  }
}
