import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A picture with one byte for a pixel: a palette of at most 256 colours, chosen by how often they occur and how far they are from the others. */
export function smallPng(png: Buffer, mostColours = 256): Buffer {
  const { width, height, channels, pixels } = decoded(png)
  const { palette, places } = paletteOf(pixels, channels, mostColours)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += channels) rows[y * (width + 1) + 1 + x] = places.get(bucket(pixels, at)) ?? 0
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

interface Picture {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly pixels: Buffer
}

/** A PNG of eight bits in RGB or RGBA without interlacing, as browsers write them (W3C, PNG, section 9: filters). */
function decoded(png: Buffer): Picture {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = { 2: 3, 6: 4 }[png[25] ?? 0]
  if (png[24] !== 8 || channels === undefined || png[28] !== 0) throw new Error('not a picture as browsers write them')
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const size = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + size))
    at += size + 12
  }
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < channels ? 0 : (pixels[at - channels] ?? 0)
      const up = y === 0 ? 0 : (pixels[at - stride] ?? 0)
      const corner = x < channels || y === 0 ? 0 : (pixels[at - stride - channels] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      pixels[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + guess
    }
  }
  return { width, height, channels, pixels }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** Colours that differ by less than four steps are taken together. */
function bucket(pixels: Buffer, at: number): number {
  return (((pixels[at] ?? 0) >> 2) << 12) | (((pixels[at + 1] ?? 0) >> 2) << 6) | ((pixels[at + 2] ?? 0) >> 2)
}

type Colour = [number, number, number]

function paletteOf(
  pixels: Buffer,
  channels: number,
  mostColours: number,
): { palette: Colour[]; places: Map<number, number> } {
  const counts = new Map<number, number>()
  const first = new Map<number, Colour>()
  for (let at = 0; at < pixels.length; at += channels) {
    const key = bucket(pixels, at)
    counts.set(key, (counts.get(key) ?? 0) + 1)
    if (!first.has(key)) first.set(key, [pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0])
  }
  const found = [...counts].map(([key, count]) => ({ key, count, colour: first.get(key) ?? ([0, 0, 0] as Colour) }))
  const far = found.map(() => Number.POSITIVE_INFINITY)
  const nearest = found.map(() => 0)
  const palette: Colour[] = []
  while (palette.length < Math.min(mostColours, found.length)) {
    let next = 0
    let most = -1
    found.forEach(({ count }, k) => {
      const gain = count ** 0.75 * Math.min(far[k] ?? 0, 3 * 255 ** 2)
      if (gain > most) [next, most] = [k, gain]
    })
    const chosen = found[next]?.colour ?? [0, 0, 0]
    palette.push(chosen)
    found.forEach(({ colour }, k) => {
      const distance = colour.reduce((sum, value, c) => sum + (value - (chosen[c] ?? 0)) ** 2, 0)
      if (distance < (far[k] ?? 0)) {
        far[k] = distance
        nearest[k] = palette.length - 1
      }
    })
  }
  return { palette, places: new Map(found.map(({ key }, k) => [key, nearest[k] ?? 0])) }
}

function chunk(name: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([size, body, check])
}
