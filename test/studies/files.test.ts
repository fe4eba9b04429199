import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readInput, writeFileAtomically } from '@cartkin/studies'
import { describe, expect, it } from 'vitest'
import { emptyFolder } from './folder.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('writing a file', () => {
  it('replaces the old one whole and leaves nothing beside it', async () => {
    const folder = emptyFolder()
    await writeFileAtomically(join(folder, 'a'), bytes('old'))
    await writeFileAtomically(join(folder, 'a'), bytes('new'))
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['a'])
  })

  it('that fails keeps what was there and removes what was begun', async () => {
    const folder = emptyFolder()
    mkdirSync(join(folder, 'a'))
    writeFileSync(join(folder, 'a', 'inside'), 'kept')
    await expect(writeFileAtomically(join(folder, 'a'), bytes('new'))).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['a'])
    expect(readFileSync(join(folder, 'a', 'inside'), 'utf8')).toBe('kept')
  })
})

describe('reading a file', () => {
  it('says what is wrong with it, under the name that was given', async () => {
    const folder = emptyFolder()
    symlinkSync('loop', join(folder, 'loop'))
    await expect(readInput(join(folder, 'none'), 'none')).rejects.toThrow('none: there is no such file')
    await expect(readInput(folder, 'dir')).rejects.toThrow('dir: is a directory; a file is expected')
    await expect(readInput(join(folder, 'loop'), 'loop')).rejects.toThrow('loop: its links lead in a circle')
  })

  it.skipIf(process.getuid?.() === 0)('that may not be read says so', async () => {
    const path = join(emptyFolder(), 'secret')
    writeFileSync(path, 'x')
    chmodSync(path, 0)
    await expect(readInput(path)).rejects.toThrow('permission denied')
  })
})
