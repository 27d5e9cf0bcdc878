/**
 * Judging a document by the schema at a URL.
 *
 * @module
 */
import type { Json } from '../../internal/types.js'
import { Judge, type SchemaFault } from './judge.js'
import { SchemaDocuments, type SchemaDocumentsOptions } from './schema-documents.js'

/**
 * The first few faults; none where the document satisfies the schema. Throws NoSchema, UnsupportedPattern, and what `load` and `spend`
 * throw.
 */
export async function judgeBy(
  url: string,
  document: Json,
  options: SchemaDocumentsOptions,
): Promise<readonly SchemaFault[]> {
  const documents = new SchemaDocuments(options)
  const schema = await documents.open(url)
  return new Judge(documents, options.spend).judge(schema, document)
}
