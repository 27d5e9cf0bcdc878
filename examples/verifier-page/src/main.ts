/** The page: puts its parts together. */
import { Checker } from './checker.js'
import { DetailView, reportOf } from './detail-view.js'
import { announce, byId } from './dom.js'
import { download } from './download.js'
import type { Entry } from './entries.js'
import { withinBounds } from './intake.js'
import { clearIntake, intakeView, problem } from './intake-view.js'
import { ListView } from './list-view.js'
import { workOffline } from './offline.js'
import { ProgressView, sentence } from './progress-view.js'
import { loadSettings } from './settings-store.js'
import { StackView } from './stack-view.js'
import { TrustView } from './trust-view.js'
import { WorkerPool } from './worker-pool.js'

const pool = new WorkerPool()
let shown: Entry | undefined

const checker = new Checker(pool, loadSettings(), {
  listed(entries) {
    byId('empty', HTMLElement).hidden = entries.length > 0
    list.show(entries)
    progress.changed(entries)
    if (entries.length === 0) hide()
  },
  changed(entry) {
    list.changed(entry)
    progress.changed(checker.entries)
    if (entry === shown && entry.state !== 'checking' && entry.state !== 'waiting') void show(entry, false)
  },
  finished(first) {
    const { entries } = checker
    if (entries.length > 1) announce(sentence(entries))
    // What held several has gone from the list.
    const next = first !== undefined && entries.includes(first) ? first : entries[0]
    if (next !== undefined && shown === undefined) void show(next, entries.length === 1 && isFree())
    void stack.assess()
  },
})
const list = new ListView(byId('list', HTMLElement), (entry) => void show(entry, true))
const detail = new DetailView(byId('detail', HTMLElement), pool, {
  settings: () => checker.settings,
  trust: (issuer) => trust.trust(issuer),
})
const progress = new ProgressView(byId('progress', HTMLElement), {
  cancel: () => checker.cancel(),
  clear: () => {
    checker.clear()
    clearIntake()
    byId('files', HTMLElement).focus()
  },
  download: () => void downloadAll(),
})
const trust = new TrustView(
  byId('trust', HTMLFormElement),
  byId('trust-summary', HTMLElement),
  checker.settings,
  (settings) => {
    void checker.decide(settings)
  },
)
const stack = new StackView(byId('stack', HTMLElement), byId('stack-summary', HTMLElement), pool, () => checker.entries)

intakeView((given) => {
  const { taken, problem: over } = withinBounds(given, checker.entries.length)
  problem(over)
  if (taken.length === 0) return
  // A single badge replaces what is shown; its verdict is what one waits for.
  hide()
  void checker.add(taken)
})
void workOffline(byId('offline', HTMLElement))

async function show(entry: Entry, focus: boolean): Promise<void> {
  shown = entry
  list.choose(entry)
  await detail.show(entry, focus)
}

function hide(): void {
  shown = undefined
  list.choose(undefined)
  detail.hide()
}

/** Nobody has gone on to something else while the badge was checked. */
function isFree(): boolean {
  const at = document.activeElement
  return at === null || at === document.body || at.closest('.intake, .progress') !== null
}

async function downloadAll(): Promise<void> {
  download('reports', { reports: await Promise.all(checker.entries.map(reportOf)) })
}
