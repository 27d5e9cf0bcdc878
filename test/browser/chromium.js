/**
 * Headless Chromium: the page is bundled as its owner would, served on loopback under a strict Content Security Policy, and
 * driven by playwright-core. Nothing leaves the machine.
 *
 * @module
 */
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, chromium as findChromium } from '../runtimes/binaries.js'

const HERE = dirname(fileURLToPath(import.meta.url))

/** Scripts from this origin and no other code, text never becomes code or markup, and only this origin is asked. */
const POLICY =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8' }

/** `folder` holds the installed package and suite.js. Throws why it did not run. */
export async function runInChromium(folder, { withoutEd25519 = false } = {}) {
  const { path, version } = findChromium()
  const site = await bundle(folder)
  const { server, origin } = await serve(site, withoutEd25519)
  const browser = await chromium.launch({ executablePath: path, args: CHROMIUM_FLAGS })
  try {
    const page = await browser.newPage()
    const complaints = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(`${error}`))
    await page.goto(origin)
    const { results, atOnce, forOne } = await settled(page, 'outcome', complaints)
    results.push(
      complaints.length === 0
        ? { name: 'nothing is said on the console', ok: true }
        : { name: 'nothing is said on the console', ok: false, reason: complaints.join('; ').slice(0, 600) },
    )
    // After all has been judged.
    await page.evaluate("document.dispatchEvent(new Event('violate'))")
    const reports = await settled(page, 'reportsOfViolation', complaints)
    results.push({ name: 'a violation would be seen', ok: reports > 0, reason: `${reports} reports of new Function` })
    return { version, results, notes: notes(site, atOnce, forOne) }
  } finally {
    await browser.close()
    server.close()
  }
}

/** The page's global of this name, as soon as it is there. (`waitForFunction` makes code from text inside the page.) */
async function settled(page, name, complaints) {
  for (let attempts = 0; attempts < 600; attempts++) {
    const { value, failure } = await page.evaluate(`({ value: globalThis.${name}, failure: globalThis.failure })`)
    if (failure !== undefined) throw new Error(failure)
    if (value !== undefined) return value
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the page has not come to an end: ${complaints.join('; ')}`)
}

async function bundle(folder) {
  const site = join(folder, 'site')
  for (const name of ['page.js', 'old-browser.js']) cpSync(join(HERE, name), join(folder, name))
  await build({
    entryPoints: [join(folder, 'page.js'), join(folder, 'old-browser.js')],
    outdir: site,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    // The host's own zod, which the package does not bring.
    nodePaths: [join(HERE, '../../node_modules')],
    logLevel: 'error',
  })
  return site
}

async function serve(site, withoutEd25519) {
  const old = withoutEd25519 ? '<script type="module" src="/old-browser.js"></script>' : ''
  const html = `<!doctype html><title>A school</title>${old}<script type="module" src="/page.js"></script>`
  const files = new Set(readdirSync(site))
  const server = createServer(({ url }, response) => {
    const name = url.slice(1)
    const known = name === '' || files.has(name)
    response.writeHead(known ? 200 : 404, {
      'content-type': TYPES[name === '' ? '.html' : extname(name)] ?? 'text/plain',
      'content-security-policy': POLICY,
    })
    response.end(name === '' ? html : known ? readFileSync(join(site, name)) : '')
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, origin: `http://127.0.0.1:${server.address().port}/` }
}

/** What the page loaded, and what its first badge loaded besides. */
function notes(site, atOnce, forOne) {
  const gzipped = (paths) => paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(site, path))).length, 0)
  const later = forOne.filter((path) => !atOnce.includes(path))
  const total = readdirSync(site).filter((name) => statSync(join(site, name)).isFile())
  return [
    `the first badge issued and verified loads ${later.length} more files, ${(gzipped(later) / 1024).toFixed(1)} KB; the whole suite has ${total.length}`,
  ]
}
