/**
 * What page and worker say to each other. Badges and reports travel as Blobs: the page never holds their bytes.
 *
 * @module
 */
import type { DocumentKind } from 'badgewright'

/** Whom a badge's issuer is held against, and what else the reader decided. */
export interface Settings {
  /** `anybody`: who issued it is not asked. */
  readonly trust: 'anybody' | 'listed'
  readonly issuers: readonly string[]
  /** URLs of registries of issuers in the DCC's format. They are fetched. */
  readonly registries: readonly string[]
  /** An issuer's id for its person, or an e-mail address. Empty: anybody. */
  readonly recipient: string
  /** Accept a key that the badge itself brings along. */
  readonly ownKeys: boolean
}

/** A badge: its bytes, its text, or where it is. */
export type Source = { readonly bytes: Blob } | { readonly text: string } | { readonly url: string }

export interface NamedText {
  readonly name: string
  readonly bytes: Blob
}

export interface VerifyTask {
  readonly kind: 'verify'
  readonly name: string
  readonly source: Source
  readonly settings: Settings
}
export interface RenderTask {
  readonly kind: 'render'
  readonly report: Blob
}
/** A whole document, to be printed. */
export interface CertificateTask {
  readonly kind: 'certificate'
  readonly report: Blob
  /** Where the badge is: for its QR code. */
  readonly url?: string
}
export interface AssessTask {
  readonly kind: 'assess'
  readonly reports: readonly Blob[]
  /** Stacks, frameworks and crosswalks in JSON: their members say which is which. */
  readonly files: readonly NamedText[]
  readonly samePerson: boolean
}
export type Task = VerifyTask | RenderTask | CertificateTask | AssessTask

/** One document that was asked for. */
export interface Fetched {
  readonly url: string
  readonly kind: DocumentKind | 'badge'
  /** Absent where nothing was received. */
  readonly bytes?: number
  /** The code of the failure: `resolve.*`. */
  readonly failure?: string
}

/** `signed`: genuine, and nobody asked whether its issuer is to be believed. */
export type Verdict = 'verified' | 'signed' | 'invalid' | 'indeterminate'

export interface Verified {
  readonly verdict: Verdict
  /** Plain text, one line. */
  readonly title: string
  /** The answer in one sentence. */
  readonly answer: string
  /** Only where the proof shows that it is this issuer's: who may be added to the trusted. */
  readonly issuer?: { readonly id: string; readonly name: string }
  /** Codes: why the issuer was (not) accepted. */
  readonly issuerCodes: readonly string[]
  readonly report: Blob
  readonly fetched: readonly Fetched[]
  /** What was given is no badge but holds some (a presentation, a list, a wallet's backup): each as a text. */
  readonly contains?: readonly string[]
}
export interface Rendered {
  readonly html: string
}
export interface Assessed {
  readonly stacks: readonly {
    readonly name: string
    readonly outcome: 'met' | 'not-met' | 'uncertain'
    readonly html: string
  }[]
  readonly report: Blob
}
export interface Answers {
  readonly verify: Verified
  readonly render: Rendered
  readonly certificate: Rendered
  readonly assess: Assessed
}

export interface Job {
  readonly id: number
  readonly task: Task
}
export type Reply =
  | { readonly id: number; readonly fetching: string }
  | { readonly id: number; readonly answer: Answers[Task['kind']] }
  | { readonly id: number; readonly problem: string }
