export { parseModel } from '@cartkin/model'
export { openLibraryModel } from './open-library-model.ts'
