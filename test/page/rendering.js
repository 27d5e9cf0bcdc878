/**
 * `node test/page/rendering.js`: what `badgewright/render` makes, in Chromium under a strict Content Security Policy, light and dark, on a desk,
 * on a phone and on paper: axe-core finds nothing, nothing is wider than the screen, nothing runs, nothing is asked for. Ends with 1 where
 * something is wrong. Without Chromium it says so, and ends with 0.
 *
 *     node test/page/rendering.js --shots folder        also takes pictures
 *
 * @module
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, chromium as findChromium } from '../runtimes/binaries.js'

const HERE = dirname(fileURLToPath(import.meta.url))
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ORIGIN = 'https://page.example'
/** No script, no inline style, no image but data URLs. */
const POLICY = "default-src 'none'; style-src 'self'; img-src data:"
const DESK = { width: 1100, height: 900 }
const PHONE = { width: 360, height: 740 }
/** What fits on A4 in landscape within the margins, in pixels of 1/96 inch. */
const PAPER = { width: 1046, height: 717 }
const LOOKS = [
  { look: 'light', viewport: DESK },
  { look: 'dark', viewport: DESK },
  { look: 'phone', viewport: PHONE },
  { look: 'phone, dark', viewport: PHONE },
  { look: 'paper', viewport: PAPER },
]

/** Wrong in every way that is looked for. */
const FAULTY = {
  name: 'faulty',
  html: '<!doctype html><html lang="en"><head><title>A</title><link rel="stylesheet" href="/style.css"></head><body><main><h1>A</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="><p class="bw-page"><font color="#eee">pale</font></p><table width="3000"><tr><td>wide</td></tr></table><script>alert(1)</script><link rel="stylesheet" href="/other.css"></main></body></html>',
}

const { values: args } = parseArgs({ options: { shots: { type: 'string' } } })

async function load(folder) {
  const outfile = join(folder, 'pages.mjs')
  await build({
    entryPoints: [join(HERE, 'rendering-pages.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    // jsonld is CommonJS, and asks for modules of Node.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  })
  return import(pathToFileURL(outfile).href)
}

async function visit(browser, { name, html }, { look, viewport }, stylesheet) {
  const context = await browser.newContext({
    viewport,
    colorScheme: look.includes('dark') ? 'dark' : 'light',
    bypassCSP: false,
  })
  const problems = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
    page.on('pageerror', (error) => problems.push(`${error}`))
    page.on('dialog', (dialog) => {
      problems.push('a script ran')
      return dialog.dismiss()
    })
    await page.route('**/*', (route) => {
      const { pathname, origin } = new URL(route.request().url())
      if (origin === ORIGIN && pathname === '/style.css')
        return route.fulfill({ contentType: 'text/css', body: stylesheet })
      if (origin === ORIGIN && pathname === '/')
        return route.fulfill({
          contentType: 'text/html; charset=utf-8',
          headers: { 'content-security-policy': POLICY },
          body: html,
        })
      problems.push(`asks for ${route.request().url()}`)
      return route.abort()
    })
    await page.goto(`${ORIGIN}/`)
    if (look === 'paper') await page.emulateMedia({ media: 'print' })
    for (const details of await page.$$('details')) await details.evaluate((each) => each.setAttribute('open', ''))
    if (args.shots !== undefined)
      await page.screenshot({ path: join(args.shots, `${name}, ${look}.png`.replaceAll(' ', '-')), fullPage: true })
    if (look === 'paper' && /^certificate (verified|signed)$/.test(name)) {
      // A4 and Letter: what the size of the page says is what the printer has.
      for (const format of ['A4', 'Letter']) {
        const pdf = await page.pdf({
          format,
          landscape: true,
          margin: { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' },
        })
        const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
        if (sheets !== 1) problems.push(`takes ${sheets} sheets of ${format}`)
      }
    }
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    if (width > viewport.width) problems.push(`is ${width} pixels wide where there are ${viewport.width}`)
    await page.evaluate(AXE)
    const { violations, passes } = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ['violations'] }),
    )
    for (const { id, nodes } of violations)
      problems.push(
        ...nodes
          .slice(0, 3)
          .map(
            ({ html, failureSummary }) =>
              `${id}: ${html.slice(0, 200)} (${failureSummary.replace(/\s+/g, ' ').slice(0, 200)})`,
          ),
      )
    if (passes.length < 5) problems.push(`axe-core has looked at ${passes.length} things: that is nothing`)
  } finally {
    await context.close()
  }
  return problems
}

let binary
try {
  binary = findChromium()
} catch (error) {
  console.log(`skip  rendering: ${error.message}`)
}
if (binary !== undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'badgewright-rendering-'))
  const browser = await chromium.launch({
    executablePath: binary.path,
    args: CHROMIUM_FLAGS,
  })
  let [passed, failed] = [0, 0]
  try {
    if (args.shots !== undefined) mkdirSync(args.shots, { recursive: true })
    const { pages, stylesheet } = await load(folder)
    // A watch that sees nothing proves nothing.
    const faults = await visit(browser, FAULTY, LOOKS[0], stylesheet)
    for (const fault of ['image-alt', 'color-contrast', 'script', 'asks for', 'pixels wide'])
      if (!faults.some((each) => each.includes(fault))) throw new Error(`a page that is wrong passes: ${fault}`)
    for (const page of await pages()) {
      for (const look of LOOKS) {
        const problems = await visit(browser, page, look, stylesheet)
        if (problems.length === 0) passed += 1
        else {
          failed += 1
          console.log(`FAIL  ${page.name}, ${look.look}\n      ${problems.slice(0, 6).join('\n      ')}`)
        }
      }
    }
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`rendering: ${passed} pages passed, ${failed} failed (Chromium ${binary.version})`)
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0
}
