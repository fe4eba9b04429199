import { exposeWorker } from '@cartkin/compute'

exposeWorker()
