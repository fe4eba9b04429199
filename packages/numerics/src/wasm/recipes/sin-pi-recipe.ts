import type { LaneAssembler } from '../lane-assembler.ts'
import type { LaneNumber } from '../lane-value.ts'
import { productError } from './lane-words.ts'
import { cosineKernel, sineKernel } from './trigonometric-recipe.ts'

const piLow = 1.2246467991473532e-16

/** Adding and subtracting 1.5·2^52 rounds to the nearest integer, which the sum holds in its low bits. */
const rounder = 6755399441055744

export function sinPi(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return sineOfHalfTurns(lane, x, 0n)
}

export function cosPi(lane: LaneAssembler, x: LaneNumber): LaneNumber {
  return sineOfHalfTurns(lane, x, 1n)
}

function sineOfHalfTurns(lane: LaneAssembler, x: LaneNumber, quarters: bigint): LaneNumber {
  const isNear = lane.less(lane.absolute(x), 1125899906842624)
  const turns = lane.multiply(2, lane.floor(lane.multiply(0.5, x)))
  const near = lane.select(isNear, x, lane.subtract(x, turns))
  const shifted = lane.add(lane.multiply(2, near), rounder)
  const n = lane.subtract(shifted, rounder)
  const r = lane.subtract(near, lane.multiply(0.5, n))
  const high = lane.multiply(r, Math.PI)
  const low = lane.add(productError(lane, r, lane.constant(Math.PI), high), lane.multiply(r, piLow))
  const quadrant = lane.addBits(lane.bitsOf(shifted), quarters)
  const angle = { high, low }
  const value = lane.select(lane.hasBit(quadrant, 0), cosineKernel(lane, angle).high, sineKernel(lane, angle).high)
  return lane.select(lane.hasBit(quadrant, 1), lane.subtract(0, value), lane.add(value, 0))
}
