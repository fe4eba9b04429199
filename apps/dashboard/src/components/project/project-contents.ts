import type { ProjectDocument } from '../../document/project-document.ts'

/** What is in a project, in words: "14 parameters, 2 scenarios, no data". */
export function contentsText(document: ProjectDocument): string {
  const desks = Object.values(document.desks)
  const scenarios = desks.flatMap((desk) => desk.scenarios)
  const parameters = new Set(scenarios.flatMap((scenario) => Object.keys(scenario.parameters)))
  const text = document.ownText === null ? '' : ', a model text'
  return `${counted(parameters.size, 'changed parameter')}, ${counted(scenarios.length, 'scenario')}${text}, no data`
}

export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
