import { type Signal, useSignal, useSignalEffect } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { CoursePlan } from '../../export/course-plan.ts'
import { saveFile } from '../../export/save-file.ts'
import type { Dashboard } from '../../state/dashboard.ts'
import { Dialog } from '../controls/dialog.tsx'

interface ReproduceDialogProps {
  readonly dashboard: Dashboard
  readonly open: Signal<boolean>
}

/** The plan with which the command line computes what is on the page, to the same bits. */
export function ReproduceDialog({ dashboard, open }: ReproduceDialogProps) {
  const plan = useSignal<CoursePlan | null>(null)
  const problem = useSignal('')

  const asked = useRef(0)

  useSignalEffect(() => {
    const mine = ++asked.current
    if (!open.value) {
      // of another time: the project may be another when the window is opened again
      plan.value = null
      return
    }
    // what is on the page now and what it becomes while the window is open
    void dashboard.settled.value
    void dashboard.desk.value
    problem.value = ''
    const show = async (): Promise<void> => {
      const { pagePlan } = await import('../../export/page-exports.ts')
      const made = await pagePlan(dashboard)
      if (mine === asked.current) plan.value = made
    }
    show().catch((error: unknown) => {
      if (mine !== asked.current) return
      plan.value = null
      problem.value = error instanceof Error ? error.message : String(error)
    })
  })

  return (
    <Dialog title="Reproduce in Node" open={open}>
      {() => {
        const made = plan.value
        if (problem.value)
          return (
            <p class="problem" role="alert">
              There is no plan of this project: {problem.value}.
            </p>
          )
        if (!made) return <p class="caption">Writing the plan.</p>
        return (
          <>
            <p>
              The command line computes the same courses from this plan, to the last bit: <code>manifest.json</code> of
              the result has the SHA-256 that the plan names.
            </p>
            <div class="row">
              <button
                type="button"
                class="button primary"
                onClick={() => saveFile(made.fileName, 'application/yaml', made.text)}
              >
                Save {made.fileName}
              </button>
              {made.model && (
                <button
                  type="button"
                  class="button primary"
                  onClick={() => made.model && saveFile(made.model.fileName, 'text/plain', made.model.text)}
                >
                  Save {made.model.fileName}
                </button>
              )}
            </div>
            {made.model && <p class="caption">Both files have to lie in one folder.</p>}
            <p>
              <code>npx cartkin run {made.fileName} --out results</code>
            </p>
            <textarea class="plan-text" readOnly aria-label="Plan" wrap="off" rows={12} value={made.text} />
          </>
        )
      }}
    </Dialog>
  )
}
