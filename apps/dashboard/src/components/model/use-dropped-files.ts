import { useEffect } from 'preact/hooks'

/** Takes files that are dropped anywhere on the page; the browser would leave the page for them. */
export function useDroppedFiles(take: (file: File) => void): void {
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      document.documentElement.dataset['dropping'] = ''
    }
    const end = (event: DragEvent): void => {
      // leaving one element for another is not leaving the page
      if (event.type === 'drop' || event.relatedTarget === null) delete document.documentElement.dataset['dropping']
    }
    const drop = (event: DragEvent): void => {
      end(event)
      const [file] = event.dataTransfer?.files ?? []
      if (!file) return
      event.preventDefault()
      take(file)
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    addEventListener('dragleave', end)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
      removeEventListener('dragleave', end)
    }
  }, [])
}
