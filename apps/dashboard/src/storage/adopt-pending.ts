import { pendingKey, pendingProjects } from './autosave.ts'
import { latest, leftProject } from './found-project.ts'
import type { PageMemory } from './page-memory.ts'
import { lockName } from './project-lock.ts'
import type { ProjectStore } from './project-store.ts'

/** Puts into the store what other pages put aside as they were left and nobody has come back to. */
export async function adoptPending(
  own: string,
  store: () => Promise<Pick<ProjectStore, 'get' | 'put'>>,
  memory: PageMemory,
): Promise<void> {
  for (const id of pendingProjects(memory).filter((other) => other !== own))
    await unlessHeld(id, async () => {
      const left = leftProject(id, memory)
      const open = await store()
      const { project, pending } = latest(left, await open.get(id))
      if (project && pending) await open.put(project)
      memory.set(pendingKey(id), null)
    })
}

/** Does something with a project that no page has open. */
async function unlessHeld(id: string, act: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return
  await navigator.locks.request(lockName(id), { ifAvailable: true }, async (lock) => {
    if (lock) await act()
  })
}
