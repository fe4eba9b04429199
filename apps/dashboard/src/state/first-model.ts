export { model } from 'virtual:first-model'
export { lupusQsp } from '@cartkin/cart-models/lupus-qsp'
