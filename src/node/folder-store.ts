/**
 * What is published, in a folder that any web server can serve: each object is the file of its name, put there whole by a rename.
 *
 * Two who put at once are kept apart by a folder that stands for the lock of a name. Who wants it renames a folder of its own, with all that
 * is to be put in it, to the lock's name, which no system does where one with something in it has that name; and puts by renames out
 * of it. A lock whose holder does not move is taken away by a rename too: then the holder's files are no longer where it would take them from, so
 * that who was thought dead and only slept puts nothing.
 *
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { StoreError } from '../errors.js'
import { kindOf } from '../internal/members.js'
import type { Bytes } from '../internal/types.js'
import { demandObjectName, type NewObject, type ObjectStore, type PublishedObject } from '../issue/object-store.js'
import { demandArgument } from '../report/demand-options.js'

/** Locks, and how files are to be served. No object has such a name. */
const OWN = '.badgewright'
/** Milliseconds between two looks at a lock, and looks after which a holder that did nothing is taken for dead: it needs milliseconds. */
const PAUSE = 20
const LOOKS = 75
/** Of a file that is read while others write it, and of a lock that is lost. */
const ATTEMPTS = 10

const folderPath = kindOf(
  'a path: a text without U+0000',
  (value) => typeof value === 'string' && value !== '' && !value.includes('\0'),
)

/** How the file with a digest is to be served: of the one that stands there, and of the one that is about to. */
type Served = Readonly<Record<string, Omit<NewObject, 'body'>>>

/** Of a file that somebody else put there. */
const FOREIGN: Omit<NewObject, 'body'> = { contentType: 'application/octet-stream', cacheControl: 'no-cache' }

/**
 * An `ObjectStore` in a folder, which is made where it is not there. How files are to be served stands in `.badgewright` in it. The folder is on
 * one file system. Throws UsageError for an argument that is none.
 */
export function folderStore(path: string): ObjectStore {
  demandArgument(path, folderPath, 'path')
  const placesOf = (name: string): Places => {
    const id = sha256(name).slice(0, 32)
    return { target: join(path, ...name.split('/')), served: join(path, OWN, `${id}.json`), own: join(path, OWN, id) }
  }
  return {
    get: (name) => {
      demandObjectName(name)
      return guarded(`read ${name}`, () => find(placesOf(name)))
    },
    put: (name, object, replaces) => {
      demandObjectName(name)
      return guarded(`write ${name}`, () => put(placesOf(name), object, replaces))
    },
  }
}

interface Places {
  readonly target: string
  readonly served: string
  /** Beginning of the paths of locks and drafts. */
  readonly own: string
}

async function find({ target, served }: Places): Promise<PublishedObject | undefined> {
  let before: string | undefined
  for (let count = 0; count < ATTEMPTS; count++) {
    const body = await readIfThere(target)
    if (body === undefined) return undefined
    const etag = sha256(body)
    const found = readServed(await readIfThere(served))[etag]
    if (found !== undefined) return { ...found, body, etag }
    // Either it was replaced in between, or nobody put it there by this way.
    if (etag === before) return { ...FOREIGN, body, etag }
    before = etag
  }
  throw new StoreError('store.busy', `${target} is replaced all the time: try again`)
}

async function put(places: Places, object: NewObject, replaces: string | undefined): Promise<boolean> {
  const { target, served, own } = places
  await mkdir(dirname(own), { recursive: true })
  await mkdir(dirname(target), { recursive: true })
  for (let count = 0; count < ATTEMPTS; count++) {
    const last = await find(places)
    if (last?.etag !== replaces) return false
    const draft = await makeDraft(own, object, last)
    try {
      await draft.lock()
      if ((await etagOf(target)) !== replaces) return false
      if ((await draft.move('served', served)) && (await draft.move('body', target))) return true
    } finally {
      await draft.remove()
    }
  }
  throw new StoreError('store.busy', `the lock of ${target} was taken away ${ATTEMPTS} times: try again`)
}

interface Draft {
  /** Waits for its turn. */
  lock(): Promise<void>
  /** Puts a file of it in place, where it still has the lock; answers whether it had. */
  move(file: 'body' | 'served', target: string): Promise<boolean>
  /** What is left of it, and the lock. */
  remove(): Promise<void>
}

/** A folder with all that is to be put: what is slow is done before others have to wait. */
async function makeDraft(
  own: string,
  { body, ...served }: NewObject,
  last: PublishedObject | undefined,
): Promise<Draft> {
  const id = randomBytes(8).toString('hex')
  const folder = `${own}.${id}.draft`
  const lock = `${own}.lock`
  const fileOf = (file: 'body' | 'served') => `${id}.${file}`
  await mkdir(folder)
  const next: Served = {
    ...(last === undefined ? {} : { [last.etag]: servedOf(last) }),
    [sha256(body)]: servedOf(served),
  }
  const remove = async () => {
    await rm(folder, { recursive: true, force: true })
    // By their names, which nobody else's have: the lock may be another's by now.
    for (const file of ['body', 'served'] as const) await rm(join(lock, fileOf(file)), { force: true })
    await unlessCode(NOT_OURS, () => rmdir(lock))
  }
  try {
    await writeDurably(join(folder, fileOf('body')), body)
    await writeDurably(join(folder, fileOf('served')), JSON.stringify(next))
  } catch (error) {
    await remove()
    throw error
  }
  return {
    lock: () => takeLock(folder, lock),
    move: (file, target) => unlessCode(GONE, () => rename(join(lock, fileOf(file)), target)),
    remove,
  }
}

async function takeLock(folder: string, lock: string): Promise<void> {
  let [holder, looks] = ['', 0]
  while (!(await unlessCode(TAKEN, () => rename(folder, lock)))) {
    const found = (await namesIn(lock)).sort().join()
    // An empty one is nobody's; not every system lets a folder take its place.
    if (found === '') await unlessCode(NOT_OURS, () => rmdir(lock))
    else if (found !== holder) [holder, looks] = [found, 0]
    else if (++looks >= LOOKS) {
      const dead = `${folder}.dead`
      if (await unlessCode(GONE, () => rename(lock, dead))) await rm(dead, { recursive: true, force: true })
      continue
    }
    await wait(PAUSE)
  }
}

async function writeDurably(path: string, content: Bytes | string): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    await handle.writeFile(content)
    // Else a machine that loses its power may have the new name, and not what stands under it.
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const GONE = ['ENOENT']
/** What systems answer where a folder with something in it has the name. */
const TAKEN = ['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY']
const NOT_OURS = ['ENOENT', ...TAKEN]
const NO_FILE = ['ENOENT', 'ENOTDIR', 'EISDIR']

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code)

/** False where the system answers one of these; every other error is one. */
async function unlessCode(codes: readonly string[], work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!codes.includes(codeOf(error))) throw error
    return false
  }
}

async function readIfThere(path: string): Promise<Bytes | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (!NO_FILE.includes(codeOf(error))) throw error
    return undefined
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (!GONE.includes(codeOf(error))) throw error
    return []
  }
}

async function etagOf(path: string): Promise<string | undefined> {
  const body = await readIfThere(path)
  return body === undefined ? undefined : sha256(body)
}

/** What nobody could have written here says nothing. */
function readServed(bytes: Bytes | undefined): Served {
  if (bytes === undefined) return {}
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Served
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return {}
  }
}

const servedOf = ({
  contentType,
  contentEncoding,
  cacheControl,
}: Omit<NewObject, 'body'>): Omit<NewObject, 'body'> => ({
  contentType,
  ...(contentEncoding === undefined ? {} : { contentEncoding }),
  cacheControl,
})

const sha256 = (content: Bytes | string): string => createHash('sha256').update(content).digest('hex')

async function guarded<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError('store.failed', `the folder of what is published could not ${what} (${codeOf(error)})`, {
      cause: error,
    })
  }
}
