import type { Page } from 'playwright-core'

/** The part of the page that these checks look at: what is drawn, can be reached and is covered by nothing modal. */
declare global {
  interface Window {
    readonly accessChecks: {
      contrast(): string[]
      targets(least: number): string[]
      overlaps(): string[]
      focus(): string | null
      unseen(picture: string): Promise<string[]>
      motion(): string[]
    }
  }
}

/** Puts the checks into a page; they stay until it is left. */
export async function addAccessChecks(page: Page): Promise<void> {
  await page.evaluate(() => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number]
    type Box = Pick<DOMRect, 'left' | 'top' | 'right' | 'bottom'>

    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })
    if (!context) throw new Error('no canvas')
    /** Any colour of CSS, through a pixel. */
    const colours = new Map<string, Colour>()
    const colour = (text: string): Colour => {
      const known = colours.get(text)
      if (known) return known
      context.clearRect(0, 0, 1, 1)
      context.fillStyle = '#000'
      context.fillStyle = text
      context.fillRect(0, 0, 1, 1)
      const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data
      const read: Colour = [red, green, blue, alpha / 255]
      // colours of the system are others in a dark page
      if (/^(rgb|#)/.test(text)) colours.set(text, read)
      return read
    }
    const over = (upper: Colour, lower: Colour, opacity = 1): Colour => {
      const part = upper[3] * opacity
      const mixed = (k: 0 | 1 | 2): number => upper[k] * part + lower[k] * (1 - part)
      return [mixed(0), mixed(1), mixed(2), 1]
    }
    const luminance = ([red, green, blue]: Colour): number => {
      const linear = (channel: number): number => {
        const share = channel / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      }
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
    const ratio = (a: Colour, b: Colour): number => {
      const [x, y] = [luminance(a), luminance(b)]
      return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
    }
    const lineage = (element: Element): Element[] => {
      const found: Element[] = []
      for (let at: Element | null = element; at; at = at.parentElement) found.push(at)
      return found
    }
    /** What an element is drawn on, itself included. */
    const ground = (element: Element): Colour => {
      const page = colour(getComputedStyle(document.documentElement).getPropertyValue('--ground') || '#fff')
      return lineage(element)
        .toReversed()
        .reduce((below, at) => over(colour(getComputedStyle(at).backgroundColor), below), page)
    }
    const opacity = (element: Element): number =>
      lineage(element).reduce((part, at) => part * Number(getComputedStyle(at).opacity), 1)
    const isOut = (element: Element): boolean => {
      const modal = document.querySelector('dialog[open]')
      return (
        element.closest('[inert], [hidden], .visually-hidden, [data-stale], [data-outdated]') !== null ||
        (modal !== null && !modal.contains(element))
      )
    }
    /** The part of a box that can be seen, scrolled regions and clipped texts taken into account. */
    const seen = (box: Box, element: Element): Box => {
      let { left, top, right, bottom } = box
      let isFixed = false
      for (const at of lineage(element)) {
        const style = getComputedStyle(at)
        if (
          at !== element &&
          !isFixed &&
          style.overflow !== 'visible' &&
          at !== document.body &&
          at !== document.documentElement
        ) {
          const edge = at.getBoundingClientRect()
          left = Math.max(left, edge.left)
          top = Math.max(top, edge.top)
          right = Math.min(right, edge.right)
          bottom = Math.min(bottom, edge.bottom)
        }
        isFixed ||= style.position === 'fixed' || at instanceof HTMLDialogElement
      }
      return { left, top, right, bottom }
    }
    const isEmpty = ({ left, top, right, bottom }: Box): boolean => right - left < 1 || bottom - top < 1
    const isDrawn = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
      !isOut(element) &&
      !isEmpty(seen(element.getBoundingClientRect(), element))
    const told = (element: Element): string => {
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''
      const classes = element.getAttribute('class')
      return `${element.localName}${element.id && `#${element.id}`}${classes ? `.${classes.split(' ').join('.')}` : ''} “${name}”`
    }
    const isOutlined = (element: SVGElement): boolean => {
      const { stroke, strokeWidth } = getComputedStyle(element)
      return stroke !== 'none' && Number.parseFloat(strokeWidth) >= 2
    }
    /** Texts that are drawn, with the element that holds each. */
    const texts = (): { readonly node: Text; readonly element: Element }[] => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const found: { node: Text; element: Element }[] = []
      while (walker.nextNode()) {
        const node = walker.currentNode
        const element = node.parentElement
        if (!(node instanceof Text) || !element || node.data.trim() === '' || !isDrawn(element)) continue
        // halos repeat their text, samples are pieces of curves
        if (element.closest('.halos_marks, .samples_marks') || (element instanceof SVGElement && isOutlined(element)))
          continue
        // options are drawn by the browser, what is off cannot be read and need not
        if (element.closest('option, noscript, script, [aria-disabled="true"], :disabled, [opacity="0"]')) continue
        found.push({ node, element })
      }
      return found
    }
    const fields = 'input:not([type=range], [type=checkbox], [type=radio], [type=file], [hidden]), select, textarea'
    const controls = `button, a[href], input, select, textarea, summary, [role=option], [tabindex="0"]`

    const contrast = (): string[] => {
      const found = new Map<string, string>()
      const check = (element: Element, what: string, ink: Colour, below: Colour, least: number): void => {
        const got = ratio(over(ink, below, opacity(element)), below)
        if (got < least) found.set(`${what} ${told(element)}`, got.toFixed(2))
      }
      for (const { element } of texts()) {
        const style = getComputedStyle(element)
        const isDrawing = element instanceof SVGElement
        check(element, 'text', colour(isDrawing ? style.fill : style.color), ground(element), 4.5)
      }
      for (const field of document.querySelectorAll(fields)) {
        if (!isDrawn(field)) continue
        const style = getComputedStyle(field)
        check(field, 'border of', colour(style.borderTopColor), ground(field.parentElement ?? field), 3)
        if (field instanceof HTMLInputElement && field.placeholder)
          check(field, 'placeholder of', colour(getComputedStyle(field, '::placeholder').color), ground(field), 4.5)
      }
      const tokens = getComputedStyle(document.documentElement)
      const page = colour(tokens.getPropertyValue('--ground'))
      for (const name of [
        '--series-1',
        '--series-2',
        '--series-3',
        '--series-4',
        '--series-5',
        '--reference',
        '--accent',
        '--control',
      ])
        check(document.body, name, colour(tokens.getPropertyValue(name)), page, 3)
      // curves and marks as they are drawn
      for (const mark of document.querySelectorAll(
        '.vega-host :is(.courses_marks, .others_marks, .observations_marks, .limits_marks) path[stroke], .swatch line, .observed-mark',
      )) {
        if (!isDrawn(mark.closest('svg') ?? mark)) continue
        const { stroke, strokeOpacity } = getComputedStyle(mark)
        if (stroke === 'none' || mark.closest('[data-hidden]')) continue
        check(mark, 'mark', over(colour(stroke), page, Number(strokeOpacity)), page, 3)
      }
      return [...found].map(([what, got]) => `${what}: ${got}`)
    }

    const targets = (least: number): string[] =>
      [...document.querySelectorAll(controls)].flatMap((element) => {
        if (!isDrawn(element)) return []
        if (element instanceof HTMLInputElement && element.type === 'file') return []
        const boxes = [element, ...(element instanceof HTMLInputElement ? (element.labels ?? []) : [])].map((part) =>
          part.getBoundingClientRect(),
        )
        const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left))
        const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top))
        // a link in a sentence is as high as its line
        if (getComputedStyle(element).display === 'inline' && element.localName === 'a') return []
        return width >= least - 0.5 && height >= least - 0.5
          ? []
          : [`${told(element)}: ${width.toFixed(0)} × ${height.toFixed(0)}`]
      })

    const overlaps = (): string[] => {
      const boxes = texts().flatMap(({ node, element }) => {
        const range = document.createRange()
        range.selectNodeContents(node)
        return [...range.getClientRects()].flatMap((line) => {
          // letters fill less than their line
          const inset = 0.2 * line.height
          const letters = {
            left: line.left + 1,
            right: line.right - 1,
            top: line.top + inset,
            bottom: line.bottom - inset,
          }
          const shown = seen(letters, element)
          return isEmpty(shown) ? [] : [{ ...shown, element, text: node.data.trim().slice(0, 30) }]
        })
      })
      const found: string[] = []
      for (const [k, a] of boxes.entries()) {
        for (const b of boxes.slice(k + 1)) {
          if (a.element === b.element) continue
          const width = Math.min(a.right, b.right) - Math.max(a.left, b.left)
          const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
          if (width <= 1 || height <= 1) continue
          // what lies beneath something that is drawn over it, as beneath what sticks, is not read there
          const [x, y] = [Math.max(a.left, b.left) + width / 2, Math.max(a.top, b.top) + height / 2]
          const isOnTop = (element: Element): boolean => {
            const top = document.elementsFromPoint(x, y)
            const own = top.findIndex((at) => at === element || element.contains(at))
            if (own < 0) return false
            return !top
              .slice(0, own)
              .some((at) => !at.contains(element) && colour(getComputedStyle(at).backgroundColor)[3] > 0.9)
          }
          const areDrawings = a.element instanceof SVGElement && b.element instanceof SVGElement
          if (areDrawings || (isOnTop(a.element) && isOnTop(b.element)))
            found.push(
              `“${a.text}” ${told(a.element)} and “${b.text}” ${told(b.element)}: ${width.toFixed(0)} × ${height.toFixed(0)}`,
            )
        }
      }
      return found
    }

    const focus = (): string | null => {
      const element = document.activeElement
      if (!element || element === document.body) return 'nothing has the focus'
      const rings = [
        element,
        ...(element instanceof HTMLInputElement
          ? [...(element.labels ?? [])].flatMap((label) => [label, ...label.children])
          : []),
        ...lineage(element).slice(1, 4),
      ].filter((at) => {
        const style = getComputedStyle(at)
        return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2
      })
      const [ring] = rings
      if (!ring) return `${told(element)} has no outline of 2 px`
      const style = getComputedStyle(ring)
      const below = ground(Number.parseFloat(style.outlineOffset) < 0 ? ring : (ring.parentElement ?? ring))
      const got = ratio(over(colour(style.outlineColor), below), below)
      if (got < 3) return `the outline of ${told(element)} has ${got.toFixed(2)}`
      const box = seen(ring.getBoundingClientRect(), ring)
      const inside = {
        left: Math.max(box.left, 0),
        top: Math.max(box.top, 0),
        right: Math.min(box.right, innerWidth),
        bottom: Math.min(box.bottom, innerHeight),
      }
      if (isEmpty(inside)) return `${told(element)} is out of view`
      const points = [0.1, 0.5, 0.9].flatMap((x) =>
        [0.1, 0.5, 0.9].map((y) => [
          inside.left + x * (inside.right - inside.left),
          inside.top + y * (inside.bottom - inside.top),
        ]),
      )
      const covered = points.filter(([x = 0, y = 0]) => {
        const top = document.elementFromPoint(x, y)
        return (
          !top ||
          !(
            ring.contains(top) ||
            top.contains(ring) ||
            lineage(ring)
              .slice(0, 2)
              .some((at) => at.contains(top))
          )
        )
      })
      // what is higher than its place is seen in part
      if (ring.getBoundingClientRect().height > innerHeight / 2)
        return covered.length < points.length ? null : `${told(element)} is covered`
      const hidden = inside.bottom - inside.top < 0.5 * ring.getBoundingClientRect().height
      return covered.length > 0 || hidden ? `${told(element)} is covered at ${covered.length} of 9 points` : null
    }

    /** Controls of which a picture of the page shows too little that stands out. */
    const unseen = async (picture: string): Promise<string[]> => {
      const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const sheet = new OffscreenCanvas(image.width, image.height).getContext('2d', { willReadFrequently: true })
      if (!sheet) throw new Error('no canvas')
      sheet.drawImage(image, 0, 0)
      return [...document.querySelectorAll(controls)].flatMap((element) => {
        if (!isDrawn(element)) return []
        const box = seen(element.getBoundingClientRect(), element)
        const [left, top] = [Math.max(0, Math.floor(box.left)), Math.max(0, Math.floor(box.top))]
        const [width, height] = [Math.min(innerWidth, box.right) - left, Math.min(innerHeight, box.bottom) - top]
        if (width < 8 || height < 8) return []
        const { data } = sheet.getImageData(left, top, Math.floor(width), Math.floor(height))
        const counts = new Map<number, number>()
        for (let k = 0; k < data.length; k += 4) {
          const key = ((data[k] ?? 0) << 16) | ((data[k + 1] ?? 0) << 8) | (data[k + 2] ?? 0)
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
        const toColour = (key: number): Colour => [key >> 16, (key >> 8) & 255, key & 255, 1]
        const [[below] = [0]] = [...counts].sort((a, b) => b[1] - a[1])
        const standing = [...counts].reduce(
          (sum, [key, count]) => sum + (ratio(toColour(key), toColour(below)) >= 3 ? count : 0),
          0,
        )
        return standing >= 12 ? [] : [`${told(element)}: ${standing} pixels`]
      })
    }

    /** What moves for longer than 10 ms. */
    const motion = (): string[] =>
      [...document.querySelectorAll('*')].flatMap((element) =>
        [null, '::before', '::after', '::backdrop'].flatMap((part) => {
          const { transitionDuration, animationDuration, animationName } = getComputedStyle(element, part)
          const longest = (durations: string): number => Math.max(...durations.split(',').map(Number.parseFloat))
          const isMoved =
            longest(transitionDuration) > 0.01 || (animationName !== 'none' && longest(animationDuration) > 0.01)
          return isMoved ? [told(element)] : []
        }),
      )

    const value = { contrast, targets, overlaps, focus, unseen, motion }
    Object.defineProperty(window, 'accessChecks', { value, configurable: true })
  })
}

/** Texts below 4.5:1, and borders of fields, curves and marks below 3:1. */
export function contrastProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => window.accessChecks.contrast())
}

/** Controls that are smaller than so many pixels, their labels taken with them. */
export function targetProblems(page: Page, least: number): Promise<string[]> {
  return page.evaluate((pixels) => window.accessChecks.targets(pixels), least)
}

/** Texts that lie over one another. */
export function overlapProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => window.accessChecks.overlaps())
}

/** What is wrong with how the focus is shown; null where nothing is. */
export function focusProblem(page: Page): Promise<string | null> {
  return page.evaluate(() => window.accessChecks.focus())
}

/** Controls that cannot be told from what they stand on, in a picture of the page. */
export async function unseenControls(page: Page): Promise<string[]> {
  const picture = (await page.screenshot({ type: 'png', scale: 'css' })).toString('base64')
  return page.evaluate((text) => window.accessChecks.unseen(text), picture)
}

/** What moves by itself for longer than 10 ms. */
export function movingParts(page: Page): Promise<string[]> {
  return page.evaluate(() => window.accessChecks.motion())
}
