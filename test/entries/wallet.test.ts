// Nothing misspelt goes through: a walk over what `badgewright/wallet` exports.

import type { DeriveOptions } from '../../src/entries/index.js'
import { createLoader, decodeCredential, defaultLimits } from '../../src/entries/index.js'
import { defaultSuites } from '../../src/entries/suites.js'
import * as wallet from '../../src/entries/wallet.js'
import { newHolder, SIGNED, selective } from '../wallet/kit.js'
import { complete, walkEntry } from './walk.js'

const { secured } = await selective()
const { unverified } = await decodeCredential(secured)
const badge = { unverified, secured }
const holder = await newHolder()
const signal = new AbortController().signal
const query = {
  query: [
    {
      type: 'QueryByExample',
      credentialQuery: [{ reason: 'To see it.', example: { type: ['OpenBadgeCredential'] } }],
    },
  ],
  challenge: 'a-challenge',
  domain: 'https://verifier.example',
}
const request = wallet.parseRequest(query)
const common = { suites: defaultSuites(), loader: createLoader(), limits: defaultLimits, signal }

walkEntry(wallet, {
  answerRequest: {
    call: wallet.answerRequest,
    right: [
      request,
      complete<wallet.AnswerOptions>({
        ...common,
        signer: holder.signer,
        suite: 'eddsa-rdfc-2022',
        now: SIGNED,
        origin: 'https://verifier.example',
        show: [{ badge, reveal: ['/credentialSubject/result/0'] }],
        expires: new Date('2030-01-01T00:00:00Z'),
      }),
    ],
    options: 1,
  },
  discloseBadge: {
    call: wallet.discloseBadge,
    right: [secured, complete<DeriveOptions>({ ...common, reveal: ['/credentialSubject/result/0'] })],
    options: 1,
  },
  disclosureChoices: { call: wallet.disclosureChoices, right: [secured] },
  hasBaseProof: { call: wallet.hasBaseProof, right: [secured] },
  importBadges: {
    call: wallet.importBadges,
    right: [
      [secured],
      complete<wallet.ImportOptions>({ loader: createLoader(), limits: defaultLimits, maxItems: 10, signal }),
    ],
    options: 1,
  },
  matchRequest: { call: wallet.matchRequest, right: [request, [badge]] },
  mergeBadges: { call: wallet.mergeBadges, right: [[badge], [badge]] },
  readWalletLink: { call: wallet.readWalletLink, right: ['interaction:https://a.example/x?iuv=1'] },
  parseRequest: { call: wallet.parseRequest, right: [query] },
  createWalletLink: {
    call: wallet.createWalletLink,
    right: [
      { issuer: 'did:web:a.example', requestUrl: 'https://a.example/x', challenge: 'c' },
      complete<wallet.LinkOptions>({ scheme: 'https' }),
    ],
    options: 1,
  },
  'createWalletLink of a message': {
    call: wallet.createWalletLink,
    right: [complete({ issuer: 'did:web:a.example', requestUrl: 'https://a.example/x', challenge: 'c' }), {}],
    options: 0,
  },
  'createWalletLink of a request': {
    call: wallet.createWalletLink,
    right: [{ verifiablePresentationRequest: query }, {}],
  },
  'createWalletLink of protocols': {
    call: wallet.createWalletLink,
    right: [{ protocols: { vcapi: 'https://a.example/x' } }, {}],
  },
})
