/** What a file that was dropped on the page is. */
export type FileKind = 'project' | 'model' | 'data'

const tableEndings = ['.csv', '.tsv', '.tab', '.dat', '.xlsx', '.xls', '.ods', '.gz', '.zip']

/** What a file is by its first few thousand characters, and by its name where these do not say it. */
export function fileKind(name: string, start: string): FileKind {
  const text = start.replace(/^\uFEFF/, '').trimStart()
  if (text.startsWith('{') && /"(?:schema|cartkin|document)"/.test(text)) return 'project'
  if (/\bd\/dt\s*\(|\b(?:ini|model)\s*\(\s*\{|<-\s*function/.test(text)) return 'model'
  const lower = name.toLowerCase()
  if (tableEndings.some((ending) => lower.endsWith(ending))) return 'data'
  if (lower.endsWith('.json')) return 'project'
  const [header = '', ...rows] = text.split(/\r\n|\n|\r/).filter((line) => line !== '')
  const isTable = [',', ';', '\t'].some((delimiter) => {
    const width = header.split(delimiter).length
    return width > 1 && rows.length > 0 && rows.slice(0, 5).some((row) => row.split(delimiter).length === width)
  })
  return isTable && !/<-|=|~/.test(header) ? 'data' : 'model'
}

/** What a file is by what stands in it. */
export async function kindOfFile(file: File): Promise<FileKind> {
  return fileKind(file.name, await file.slice(0, 8192).text())
}
