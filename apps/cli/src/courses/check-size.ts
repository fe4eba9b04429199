import { BadInput } from '../failure.ts'

/** Most bytes that a result may hold in memory. */
const largest = 1.5e9
/** Most cells that are written as text. */
const mostTextCells = 2.5e7

/** Refuses a result that does not fit, before it is computed. */
export function checkSize(
  { subjects, times, columns }: { readonly subjects: number; readonly times: number; readonly columns: number },
  asText: boolean,
): void {
  const asked = `${subjects === 1 ? '' : `${subjects} subjects × `}${times} times × ${columns} columns`
  const bytes = 8 * subjects * times * columns
  if (!(bytes <= largest))
    throw new BadInput(
      `${asked} need ${Math.ceil(bytes / 1e6)} MB, more than ${largest / 1e6} MB; ask for fewer times or subjects`,
    )
  if (asText && !(subjects * times * columns <= mostTextCells))
    throw new BadInput(
      `${asked} are more than ${mostTextCells / 1e6} million cells, the most that are written as text; write an .arrow file, or ask for fewer times`,
    )
}
