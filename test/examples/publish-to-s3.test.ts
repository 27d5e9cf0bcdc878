/** Example 25: what S3 is asked when status lists are published into a bucket. */
import { expect, test } from 'vitest'
import { s3Store } from '../../examples/25-publish-to-s3.js'
import { createAchievement, createIssuer } from '../../src/entries/index.js'
import { publishStatus } from '../../src/entries/status.js'
import { memoryStores } from '../../src/entries/store/memory.js'
import { newIssuer } from '../verify/kit.js'
import { fakeS3 } from './fake-s3.js'

const { id, signer } = await newIssuer()
const achievement = createAchievement({ name: 'x', description: 'y', criteria: { narrative: 'z' } })

test('25-publish-to-s3: with their headers, and only in the place of what was read', async () => {
  const { credentials, status } = memoryStores()
  const issuer = createIssuer({
    profile: { id, name: 'Hill School' },
    signer,
    credentials,
    status: { store: status, listUrl: (list) => `https://badges.school.example/status/${list}` },
  })
  await issuer.issue({ id: 'award-1', achievement, recipient: { id: 'did:example:1' } })
  const s3 = fakeS3()
  const to = s3Store(s3, 'badges')
  const common = { Bucket: 'badges', ContentType: 'application/vc', CacheControl: 'public, max-age=300' }
  await publishStatus({ issuer, to })
  expect(s3.puts).toMatchObject([
    { ...common, Key: 'status/1.gz', ContentEncoding: 'gzip', IfNoneMatch: '*' },
    { ...common, Key: 'status/1', IfNoneMatch: '*' },
  ])
  await publishStatus({ issuer, to })
  expect(s3.puts).toHaveLength(2)
  const etag = (await to.get('status/1'))?.etag
  for await (const { credentialId } of credentials.list()) await issuer.revoke(credentialId)
  await publishStatus({ issuer, to })
  expect(s3.puts[3]).toMatchObject({ ...common, Key: 'status/1', IfMatch: etag })
})

test('25-publish-to-s3: S3 is gone', async () => {
  const gone = async () => {
    throw Object.assign(new Error('SlowDown'), { $metadata: { httpStatusCode: 503 } })
  }
  const to = s3Store({ getObject: gone, putObject: gone }, 'badges')
  await expect(to.get('status/1')).rejects.toMatchObject({ code: 'store.failed' })
  const object = { body: new Uint8Array(), contentType: 'text/plain', cacheControl: 'no-cache' }
  await expect(to.put('status/1', object, undefined)).rejects.toMatchObject({ code: 'store.failed' })
})
