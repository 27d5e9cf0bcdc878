/**
 * What a credential is called, and where in it that stands.
 *
 * @module
 */
import { type Claims, objects, said, text } from './claims.js'
import type { Settings } from './options.js'
import type { Said } from './text.js'

export function subjectOf(claims: Claims | undefined): Claims | undefined {
  return objects(claims?.credentialSubject)[0]
}

export function achievementOf(claims: Claims | undefined): Claims | undefined {
  return objects(subjectOf(claims)?.achievement)[0]
}

/** What it was awarded for has the name that people know. */
export function titleOf(claims: Claims | undefined, settings: Settings): Said {
  return achievementName(claims, settings) ?? said(claims?.name, settings.locale) ?? { text: settings.messages.noName }
}

/** The credential's own name, where it is not the title already: some issuers write the person's name into it. */
export function ownNameOf(claims: Claims | undefined, settings: Settings): Said | undefined {
  const title = achievementName(claims, settings)
  const own = said(claims?.name, settings.locale)
  return title === undefined || own?.text.trim() === title.text.trim() ? undefined : own
}

function achievementName(claims: Claims | undefined, { locale }: Settings): Said | undefined {
  const achievement = achievementOf(claims)
  return said(achievement?.name, locale, text(achievement?.inLanguage))
}
