// Status lists in a bucket: signed where the key is, served by S3 or its CDN, which hold neither key nor database.
import { type Bytes, StoreError } from 'badgewright'
import type { ObjectStore } from 'badgewright/status'

/**
 * `s3Store(new S3({ region }), 'badges.school.example')` with S3 of `@aws-sdk/client-s3`, or any service with conditional writes (R2,
 * MinIO): then `publishStatus({ issuer, to })`. S3 does not choose by Accept-Encoding: let its CDN compress, and leave the `.gz` objects.
 */
export function s3Store(s3: S3, Bucket: string): ObjectStore {
  return {
    async get(Key) {
      return asked(`read ${Key}`, [404], undefined, async () => {
        const { Body, ContentType, ContentEncoding, CacheControl, ETag } = await s3.getObject({ Bucket, Key })
        return {
          body: (await Body?.transformToByteArray()) ?? new Uint8Array(),
          contentType: ContentType ?? '',
          ...(ContentEncoding === 'gzip' ? { contentEncoding: 'gzip' as const } : {}),
          cacheControl: CacheControl ?? '',
          etag: ETag ?? '',
        }
      })
    },
    async put(Key, { body, contentType, contentEncoding, cacheControl }, replaces) {
      // 412: another one stands there. 409: another one is being put. 404: there is none any more.
      return asked(`write ${Key}`, [404, 409, 412], false, async () => {
        await s3.putObject({
          ...{ Bucket, Key, Body: body, ContentType: contentType, CacheControl: cacheControl },
          ...(contentEncoding === undefined ? {} : { ContentEncoding: contentEncoding }),
          ...(replaces === undefined ? { IfNoneMatch: '*' } : { IfMatch: replaces }),
        })
        return true
      })
    },
  }
}

/** What is used of the client. */
export interface S3 {
  getObject(input: { Bucket: string; Key: string }): Promise<{
    Body?: { transformToByteArray(): Promise<Bytes> } | undefined
    ContentType?: string | undefined
    ContentEncoding?: string | undefined
    CacheControl?: string | undefined
    ETag?: string | undefined
  }>
  putObject(input: {
    Bucket: string
    Key: string
    Body: Bytes
    ContentType: string
    ContentEncoding?: string
    CacheControl: string
    IfMatch?: string
    IfNoneMatch?: string
  }): Promise<object>
}

/** `instead` where S3 answers one of those. */
async function asked<T>(what: string, those: readonly number[], instead: T, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    const { $metadata } = cause as { $metadata?: { httpStatusCode?: number } }
    if (those.includes($metadata?.httpStatusCode ?? 0)) return instead
    throw new StoreError('store.failed', `S3 could not ${what}: trying again is safe`, { cause })
  }
}
