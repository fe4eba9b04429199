import { useRef } from 'preact/hooks'
import type { Dashboard } from '../../state/dashboard.ts'
import type { RunningFit } from '../../state/fit-run.ts'
import { formatNumber } from '../controls/format-number.ts'
import { type Announcement, announcement } from './announcement.ts'
import { durationText, timeLeftText } from './fit-words.ts'
import { ObjectiveTrace } from './objective-trace.tsx'
import { ParameterTraces } from './parameter-traces.tsx'
import { PatientsTable } from './patients-table.tsx'

interface FitProgressProps {
  readonly dashboard: Dashboard
  readonly fit: RunningFit
}

/** A fit while it runs: traces, where it is, and what can be done to it. */
export function FitProgress({ dashboard, fit }: FitProgressProps) {
  const { searches, phase, run, log } = fit
  const session = dashboard.fit
  const isEach = run.job.kind === 'fit-each'
  const text = statusText(fit)
  const isPaused = phase === 'paused' || phase === 'pausing'
  const isSteered = !isEach && run.setting.choices.fit.starts === 1
  return (
    <>
      {!isEach && <ObjectiveTrace searches={searches} />}
      {isEach && <progress aria-label="Subjects fitted" value={fit.done} max={run.job.problem.subjects.length} />}
      <p class="fit-status number">{text}</p>
      <Announced text={text} />
      <div class="row">
        <button type="button" class="button stop" aria-disabled={phase === 'stopping'} onClick={session.stop}>
          Stop and keep best
        </button>
        {isPaused ? (
          <button type="button" class="button" onClick={() => session.resume()}>
            Resume
          </button>
        ) : (
          <button type="button" class="button" aria-disabled={phase === 'stopping'} onClick={session.pause}>
            Pause
          </button>
        )}
        {isSteered && phase === 'paused' && (
          <button type="button" class="button" onClick={() => session.resume(1)}>
            One iteration
          </button>
        )}
      </div>
      {isSteered && <ParameterTraces dashboard={dashboard} fit={fit} />}
      {isEach && <PatientsTable dashboard={dashboard} subjects={progressRows(fit)} />}
      {log.length > 0 && (
        <ol class="fit-log" aria-label="What was done to the fit">
          {log.map((line, k) => (
            // Lines are added at the end alone.
            <li key={k}>{line}</li>
          ))}
        </ol>
      )}
    </>
  )
}

/** Iteration, evaluations, objective, gradient or step, time, time left. */
function statusText(fit: RunningFit): string {
  const { searches, phase, run, done } = fit
  const isStopping = phase === 'stopping'
  if (run.job.kind === 'fit-each') {
    const counted = `${done} of ${run.job.problem.subjects.length} subjects`
    if (isStopping) return `Stopped by you after ${counted}. Best values kept; standard errors are being computed.`
    return `${phase === 'running' ? '' : 'Paused. '}${counted}`
  }
  const latest = searches.flatMap((iterations) => iterations.at(-1) ?? [])
  const [first, ...others] = latest
  if (!first) {
    if (isStopping) return 'Stopped by you before the first iteration.'
    return phase === 'paused' ? 'Paused before the first iteration.' : 'Starting …'
  }
  const last = others.reduce((best, one) => (one.best < best.best ? one : best), first)
  if (isStopping)
    return `Stopped by you at iteration ${last.iteration}. Best values kept; standard errors are being computed.`
  const starts = run.setting.choices.fit.starts
  const isAlone = starts === 1
  const search = isAlone ? '' : `${latest.length} of ${starts} starts begun · `
  const gradient = Number.isNaN(last.gradient)
    ? `step ${formatNumber(last.stepSize, 2)}`
    : `gradient ${formatNumber(last.gradient, 2)}`
  // what one search says of its time holds for all only where there are no others
  const left = isAlone ? timeLeftText(last.timeLeft) : ''
  const parts = [
    `${search}Iteration ${last.iteration}`,
    `${last.evaluations} runs`,
    `objective ${formatNumber(last.best, 6)}`,
    gradient,
    durationText(isAlone ? last.elapsed : (performance.now() - fit.began) / 1000),
    ...(left ? [left] : []),
  ]
  const state = phase === 'paused' ? 'Paused. ' : phase === 'pausing' ? 'Pausing after this iteration. ' : ''
  return `${state}${parts.join(' · ')}`
}

function progressRows({ run, patients }: RunningFit) {
  return run.job.problem.subjects.map(({ id }) => {
    const progress = patients.get(id)
    const text = progress
      ? `search ${progress.search + 1}, iteration ${progress.iteration.iteration}, objective ${formatNumber(progress.iteration.best, 5)}`
      : 'waits'
    return { id, text, detail: '', isWhole: true }
  })
}

/** The same for a screen reader, now and then. */
function Announced({ text }: { readonly text: string }) {
  const said = useRef<Announcement | null>(null)
  said.current = announcement(said.current, text, performance.now())
  return (
    <p class="visually-hidden" role="status">
      {said.current.text}
    </p>
  )
}
