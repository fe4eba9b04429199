import type { ProjectSession } from '../../storage/project-session.ts'

/** Whether what is on the page is kept, for the status bar. */
export function SavingStatus({ session }: { readonly session: ProjectSession }) {
  const saving = session.saving.value
  if (session.elsewhere.value) return <span class="unsaved">Changed in another tab</span>
  if (saving.kind === 'failed') return <span class="unsaved">Not saved: {saving.problem}</span>
  const saved = saving.kind === 'saved' ? `Saved in this browser ${clock(saving.at)}. ` : ''
  return (
    <span class="private" data-saving={saving.kind}>
      {saving.kind === 'unsaved' ? 'Saving. ' : saved}Nothing has left this page.
    </span>
  )
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}
