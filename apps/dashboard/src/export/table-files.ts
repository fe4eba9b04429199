/** The writers of tables, loaded when the first table is saved. */
export { tableToArrow, tableToCsv } from '@cartkin/tables'
