// Results of batches in a bucket, a text for each chunk: for the client `S3` of @aws-sdk/client-s3, or any other with these two methods.
import type { ResultSink } from 'badgewright/jobs'

/** What is used of it: `new S3({ region })` has both. */
export interface S3Like {
  putObject(input: { Bucket: string; Key: string; Body: string; ContentType: string }): Promise<unknown>
  getObject(input: {
    Bucket: string
    Key: string
  }): Promise<{ readonly Body?: { transformToString(): Promise<string> } | undefined }>
}

/** `batches.work({ issuer, sink: s3Sink(new S3({}), 'results') })`. S3 puts an object in place whole, also over another. */
export function s3Sink(s3: S3Like, bucket: string, prefix = ''): ResultSink {
  const place = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` })
  return {
    write: async (name, text) => {
      await s3.putObject({ ...place(name), Body: text, ContentType: 'application/x-ndjson' })
    },
    read: async (name) => {
      try {
        const { Body } = await s3.getObject(place(name))
        return await Body?.transformToString()
      } catch (error) {
        // Whoever may not list the bucket is told 403 for what is not there: give workers s3:ListBucket.
        if ((error as { readonly name?: unknown }).name === 'NoSuchKey') return undefined
        throw error
      }
    },
  }
}
