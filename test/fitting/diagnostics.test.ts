import { likelihoodRatio, normalQuantiles } from '@cartkin/fitting'
import { describe, expect, it } from 'vitest'

describe('normal quantiles of residuals', () => {
  it('are those of qqnorm in R, at either rule of plotting positions', () => {
    // qqnorm(c(3, -1, 0.5), plot.it = FALSE)$x and (1:11 - 0.5)/11 through qnorm
    const three = normalQuantiles([3, -1, 0.5])
    expect(three.map(({ index }) => index)).toEqual([1, 2, 0])
    expect(three.map(({ expected }) => expected)).toEqual([
      expect.closeTo(-0.8694238, 7),
      expect.closeTo(0, 12),
      expect.closeTo(0.8694238, 7),
    ])
    const eleven = normalQuantiles(Array.from({ length: 11 }, (_, k) => k))
    expect(eleven[0]?.expected).toBeCloseTo(-1.690622, 6)
    expect(eleven[5]?.expected).toBeCloseTo(0, 12)
  })

  it('leave out residuals that are none, and keep the places of the others', () => {
    expect(normalQuantiles([Number.NaN, 2, Number.NaN, 1]).map(({ index }) => index)).toEqual([3, 1])
    expect(normalQuantiles([Number.NaN])).toEqual([])
  })
})

describe('the likelihood ratio', () => {
  const smaller = { minusTwoLogLikelihood: 103.841459, estimated: ['CL', 'V'] }
  const larger = { minusTwoLogLikelihood: 100, estimated: ['V', 'ka', 'CL'] }

  it('has the p of chi squared: 3.841459 on one degree of freedom is 5 %, 5.991465 on two', () => {
    expect(likelihoodRatio(smaller, larger)).toMatchObject({ status: 'tested', degreesOfFreedom: 1, added: ['ka'] })
    const one = likelihoodRatio(smaller, larger)
    expect(one.status === 'tested' ? one.p : Number.NaN).toBeCloseTo(0.05, 7)
    const two = likelihoodRatio(
      { ...smaller, minusTwoLogLikelihood: 105.991465 },
      { ...larger, estimated: ['CL', 'V', 'a', 'b'] },
    )
    expect(two.status === 'tested' ? two.p : Number.NaN).toBeCloseTo(0.05, 7)
  })

  it('says where one is not within the other by its parameters', () => {
    expect(likelihoodRatio({ ...smaller, estimated: ['CL', 'Q'] }, larger)).toMatchObject({
      status: 'not-nested',
      message: expect.stringContaining('Q is estimated in the smaller model alone'),
    })
    expect(likelihoodRatio(larger, larger)).toMatchObject({ status: 'not-nested' })
    expect(likelihoodRatio({ ...smaller, minusTwoLogLikelihood: Number.NaN }, larger)).toMatchObject({
      status: 'not-nested',
      message: expect.stringContaining('failed'),
    })
  })

  it('gives a larger model that fits worse no support', () => {
    const worse = likelihoodRatio({ ...smaller, minusTwoLogLikelihood: 99 }, larger)
    expect(worse).toMatchObject({ status: 'tested', statistic: -1, p: 1 })
  })
})
