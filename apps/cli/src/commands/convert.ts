import { taggedText } from '@cartkin/cart-models'
import { canonicalBytes, latexDocument, type Model, normalisedText } from '@cartkin/model'
import { compositionYaml } from '@cartkin/studies'
import { sha256Hex } from '@cartkin/tables'
import { toOneOf, toText } from '../arguments/convert.ts'
import { optional, required } from '../arguments/option.ts'
import { command } from '../command.ts'
import { exitCode } from '../exit-code.ts'
import { BadInput } from '../failure.ts'
import { checkedModel, type FoundModel, findModel } from '../inputs/find-model.ts'
import { checkFile, deliverBytes } from '../output/deliver.ts'
import { toJson } from '../output/to-json.ts'

const forms = { rx: normalisedText, latex: latexDocument } as const satisfies Record<string, (model: Model) => string>

export const convert = command({
  name: 'convert',
  summary:
    'Write a model as normalised rxode2 text, as a LaTeX document of its equations, or as the composition it is made by',
  positionals: ['MODEL'],
  options: {
    to: required('rx|latex|compose', 'The form to write', toOneOf('rx', 'latex', 'compose')),
    out: optional('FILE', 'File to write (else the text is printed)', toText),
  },
  examples: [
    'cartkin convert my-model.R --to rx',
    'cartkin convert lupus-qsp --to latex --out lupus.tex',
    'cartkin convert whole.compose.yaml --to rx',
    'cartkin convert lupus-crs-care --to compose --out mine.compose.yaml',
  ],
  notes:
    'The normalised text computes the same: its hash, which spacing, comments, units and labels do not change, is that of MODEL.\nParameters of a library model carry the tag of their trust: [F] found, [M] from memory, [A] assumed, [fit] fitted.\nA composition names the models that a library model is made of, to be copied and changed.\nThe document needs the LaTeX packages amsmath and longtable.',
  async execute({ positionals: [name = ''], options: { json, to, out } }, io) {
    if (out !== undefined) await checkFile(out, io)
    const found = await findModel(name, io)
    // What leaves the library carries the trust of its values; the text of a composition does so already.
    const model = checkedModel(found.library && !found.composed ? { ...found, text: taggedText(found.library) } : found)
    const text = textIn(to, found, model)
    const hash = await sha256Hex(canonicalBytes(model))
    if (out === undefined) {
      io.out(json ? toJson({ model: name, to, hash, text }) : text)
      return exitCode.ok
    }
    const delivered = await deliverBytes(new TextEncoder().encode(text), out, io)
    io.out(json ? toJson({ model: name, to, hash, ...delivered }) : `${out}: ${delivered.bytes} bytes\n`)
    return exitCode.ok
  },
})

function textIn(
  to: keyof typeof forms | 'compose',
  { name, text, library, composed }: FoundModel,
  model: Model,
): string {
  // what a composition makes is in canonical form, and its headings say which part a line is of
  if (to === 'rx' && composed) return text
  if (to !== 'compose') return forms[to](model)
  const written = library === null || composed ? null : compositionYaml(library)
  if (written === null)
    throw new BadInput(`${name}: is not a library model made of others; cartkin models show tells which are`)
  return written
}
