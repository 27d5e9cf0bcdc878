/** S3 as far as the example asks it, with its answers: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
import { createHash } from 'node:crypto'
import type { S3 } from '../../examples/25-publish-to-s3.js'

type Put = Parameters<S3['putObject']>[0]

export function fakeS3(): S3 & { readonly puts: Put[] } {
  const objects = new Map<string, Put & { ETag: string }>()
  const puts: Put[] = []
  const answer = (name: string, httpStatusCode: number) =>
    Object.assign(new Error(name), { name, $metadata: { httpStatusCode } })
  return {
    puts,
    getObject: async ({ Bucket, Key }) => {
      const found = objects.get(`${Bucket}/${Key}`)
      if (found === undefined) throw answer('NoSuchKey', 404)
      return { ...found, Body: { transformToByteArray: async () => found.Body } }
    },
    putObject: async (put) => {
      const { Bucket, Key, Body, IfMatch, IfNoneMatch } = put
      const there = objects.get(`${Bucket}/${Key}`)
      if (IfNoneMatch === '*' && there !== undefined) throw answer('PreconditionFailed', 412)
      if (IfMatch !== undefined && there === undefined) throw answer('NoSuchKey', 404)
      if (IfMatch !== undefined && there?.ETag !== IfMatch) throw answer('PreconditionFailed', 412)
      puts.push(put)
      objects.set(`${Bucket}/${Key}`, { ...put, ETag: `"${createHash('md5').update(Body).digest('hex')}"` })
      return {}
    },
  }
}
