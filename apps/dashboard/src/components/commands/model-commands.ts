import { ownModel } from '../../document/project-document.ts'
import { exampleTitle, useExample } from '../../state/example-data.ts'
import type { Command } from './command.ts'
import type { PageParts } from './page-parts.ts'

/** Models to open and data to go with them. `tell` says what became of one. */
export function modelCommands(
  { dashboard, regions, modelText, session }: PageParts,
  tell: (text: string) => void,
): readonly Command[] {
  const opened = dashboard.opened.peek()
  const { id } = opened
  const open = async (model: string, title: string): Promise<void> => {
    await dashboard.openModel(model)
    tell(`${title} is open`)
  }
  const own = dashboard.ownText.peek() !== null && id !== ownModel
  return [
    {
      title: `Use example data: ${exampleTitle(opened)}`,
      group: 'Data',
      run: () => {
        void useExample(dashboard).then((place) => {
          if (place === 'data') regions.left.value = 'data'
          else regions.right.value = 'fit'
          tell(`Example data are there: ${exampleTitle(opened)}`)
        })
      },
    },
    ...dashboard.index
      .flatMap(({ models }) => models)
      .filter((model) => model.id !== id)
      .map(({ id: model, title }) => ({ title: `Open ${title}`, group: 'Model', run: () => void open(model, title) })),
    ...(own ? [{ title: 'Open your text', group: 'Model', run: () => void open(ownModel, 'Your text') }] : []),
    {
      title: 'Blank model',
      group: 'Model',
      run: () => {
        regions.left.value = 'model'
        modelText.begin()
      },
    },
    { title: 'New project', group: 'Project', run: () => void session.go(null) },
  ]
}
