export { axiCelFit, cytokineObservations } from '@cartkin/cart-models'
export { default as csv } from '@cartkin/cart-models/data/bwh-cc-by-nc/daily_summary.csv?raw'
