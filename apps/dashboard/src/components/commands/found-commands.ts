import type { Command } from './command.ts'

/**
 * The commands whose title or group has every word of the query, best first: those whose title begins with it, then those of which a
 * word does, then the others, each as they were given.
 */
export function foundCommands(commands: readonly Command[], query: string): readonly Command[] {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return commands
  const words = wanted.split(/\s+/)
  const ranked = commands.flatMap((command) => {
    const title = command.title.toLowerCase()
    const text = `${title} ${command.group.toLowerCase()}`
    if (!words.every((word) => text.includes(word))) return []
    const begins = words.every((word) => ` ${title}`.includes(` ${word}`))
    return [{ command, rank: title.startsWith(wanted) ? 0 : begins ? 1 : 2 }]
  })
  return [0, 1, 2].flatMap((rank) => ranked.filter((one) => one.rank === rank).map(({ command }) => command))
}
