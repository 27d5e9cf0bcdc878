/**
 * The mandatory elements of the European Council, each with the field that it stands in.
 *
 * @module
 */
import type { QualityProfile } from '../types.js'

export const eu2022 = {
  id: 'eu-2022',
  title: 'European standard elements to describe a micro-credential',
  version: '1',
  description:
    'The 11 mandatory elements of Annex I, in the words of the glossary of Cedefop. For the level the annex says "if applicable". Readiness by these elements; the Council certifies nobody.',
  sources: {
    council: {
      title:
        'Council Recommendation of 16 June 2022 on a European approach to micro-credentials for lifelong learning and employability (2022/C 243/02)',
      url: 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=celex:32022H0627%2802%29',
      read: '2026-11-30',
    },
  },
  checks: [
    {
      check: 'verifiable.no_recipient',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 1',
      asks: 'Identification of the learner',
    },
    {
      check: 'specifiable.no_title',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 2',
      asks: 'Title of the micro-credential',
    },
    {
      check: 'verifiable.no_country',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 3',
      asks: 'Country/Region of the issuer',
    },
    {
      check: 'verifiable.anonymous_issuer',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 4',
      asks: 'Awarding body',
    },
    {
      check: 'verifiable.no_date',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 5',
      asks: 'Date of issuing',
    },
    {
      check: 'specifiable.outcomes_not_stated',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 6',
      asks: 'Learning outcomes',
    },
    {
      check: 'specifiable.no_workload',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 7',
      asks: 'Notional workload needed to achieve the learning outcomes',
    },
    {
      check: 'specifiable.no_qualification_level',
      weight: 'if-available',
      source: 'council',
      section: 'Annex I, mandatory element 8',
      asks: 'Level (and cycle) of the learning experience, if applicable',
    },
    {
      check: 'verifiable.no_assessment_type',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 9',
      asks: 'Type of assessment',
    },
    {
      check: 'specifiable.no_participation',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 10',
      asks: 'Form of participation in the learning activity',
    },
    {
      check: 'verifiable.no_quality_assurance',
      weight: 'required',
      source: 'council',
      section: 'Annex I, mandatory element 11',
      asks: 'Type of quality assurance used to underpin the micro-credential',
    },
  ],
} as const satisfies QualityProfile
