/**
 * What issuers, states and standards publish that they ask of micro-credentials, each check with who asks it. Nobody asks all of it.
 *
 * @module
 */
import type { QualityProfile, QualityProfileCheck } from '../types.js'

const READ = '2026-11-30'

export const publishedPractice: QualityProfile = {
  id: 'published-practice',
  title: 'Published practice of issuers, states and standards',
  version: '1',
  description:
    'Checks that a program can make, from what issuers, states and standards have published. None of them asks all of it, and none of them has seen this profile.',
  sources: {
    'open-badges': {
      title: 'Open Badges Specification 3.0',
      url: 'https://www.imsglobal.org/spec/ob/v3p0',
      read: READ,
    },
    vcdm: {
      title: 'Verifiable Credentials Data Model v2.0',
      url: 'https://www.w3.org/TR/vc-data-model-2.0/',
      read: READ,
    },
    unesco: {
      title: 'Oliver: Towards a common definition of micro-credentials (UNESCO 2022)',
      url: 'https://unesdoc.unesco.org/ark:/48223/pf0000381668',
      read: READ,
    },
    'digital-promise': {
      title: 'Digital Promise: research and transparency of its micro-credential framework',
      url: 'https://digitalpromise.org/?p=76581',
      read: READ,
    },
    'bloomboard-all': {
      title: 'BloomBoard: Resubmitting for Implement Requirement',
      url: 'https://support.bloomboard.com/hc/en-us/articles/360031367091-Resubmitting-for-Implement-Requirement-Authentic-Implementation',
      read: READ,
    },
    'bloomboard-team': {
      title: 'BloomBoard: Use of Shared Team Artifacts in Micro-credentials',
      url: 'https://support.bloomboard.com/hc/en-us/articles/360059840852-Use-of-Shared-Team-Artifacts-in-Micro-credentials',
      read: READ,
    },
    nea: {
      title: 'NEA Micro-credentials Support, Quick Tips for Success',
      url: 'https://nea.certificationbank.com/NEA/NEA_Micro-Credentials/Help/Micro-credential_Support/NEA/NEA_MC_Support.aspx?hkey=e9c606e7-44a2-41e0-9df8-6c0699830d49',
      read: READ,
    },
    australia: {
      title: 'National Microcredentials Framework, minimum standards, as reported by On Target Work Skills (2022)',
      url: 'https://ontargetworkskills.com/2022/03/29/national-microcredentials-framework/',
      read: READ,
    },
    nzqa: {
      title: 'NZQA: Qualification and Micro-credential Listing and Operational Rules 2022',
      url: 'https://www.nzqa.govt.nz/about-us/our-role/legislation/nzqa-rules/nzqf-related-rules/nzqf-qualification-listing-and-operational-rules/listing-details-for-qualifications/micro-credential/',
      read: READ,
    },
    etf: {
      title: 'ETF: Micro-credential design checklist',
      url: 'https://openspace.etf.europa.eu/content/micro-credential-design-checklist',
      read: READ,
    },
    report: {
      title: 'Staker, Arnett, Powell: Developing a student-centered workforce through micro-credentials (2020)',
      url: 'https://www.christenseninstitute.org/publication/student-centered-educator-competencies/',
      read: READ,
    },
  },
  checks: [
    ask('specifiable.no_alignment', 'required', 'report', 'Part 1: specifiable'),
    ask('specifiable.alignment_not_a_url', 'required', 'open-badges', 'Alignment.targetUrl'),
    ask('specifiable.several_competencies', 'required', 'digital-promise', 'Competency'),
    ask('specifiable.outcomes_not_stated', 'required', 'australia', 'Learning outcomes clearly stated'),
    ask('specifiable.no_type', 'recommended', 'open-badges', 'Achievement.achievementType'),
    ask('specifiable.no_language', 'recommended', 'open-badges', 'Achievement.inLanguage'),
    ask('specifiable.no_workload', 'recommended', 'australia', 'At least one hour of learning', { leastHours: 1 }),
    ask('specifiable.no_qualification_level', 'if-available', 'nzqa', 'Rule 6.1(b)'),
    ask('verifiable.criteria_not_public', 'required', 'digital-promise', 'Everything upfront'),
    ask('verifiable.no_recipient', 'required', 'open-badges', 'AchievementSubject'),
    ask('verifiable.no_evidence', 'required', 'australia', 'Assessment that gives evidence'),
    ask('verifiable.evidence_kind_not_stated', 'recommended', 'open-badges', 'Evidence.genre'),
    ask('verifiable.evidence_not_bound', 'recommended', 'vcdm', '5.3 Integrity of Related Resources', {
      atLeast: 'sha384',
    }),
    ask('verifiable.names_in_evidence', 'recommended', 'nea', 'Maintain confidentiality'),
    ask('verifiable.no_assessment_type', 'recommended', 'unesco', 'Assessment against clearly defined standards'),
    ask('verifiable.no_quality_assurance', 'recommended', 'unesco', 'Standards of relevant quality assurance'),
    ask('verifiable.assessor_not_independent', 'recommended', 'report', 'Part 4: third-party evaluators'),
    ask('verifiable.no_research_base', 'recommended', 'digital-promise', 'Supporting research and rationale'),
    ask('verifiable.no_status', 'recommended', 'open-badges', 'AchievementCredential.credentialStatus'),
    ask('verifiable.no_end', 'if-available', 'open-badges', 'AchievementCredential.validUntil'),
    ask('predictable.rubric_incomplete', 'required', 'digital-promise', 'Rubric identical to that of assessors'),
    ask('predictable.same_rank', 'required', 'open-badges', 'RubricCriterionLevel.level, points'),
    ask('predictable.level_not_described', 'recommended', 'open-badges', 'RubricCriterionLevel.description'),
    ask('predictable.required_level_unknown', 'required', 'bloomboard-all', 'Demonstrated in all criteria'),
    ask('predictable.result_below_required', 'required', 'bloomboard-all', 'Demonstrated in all criteria'),
    ask('predictable.no_version', 'recommended', 'etf', 'Quality assurance: publish a list of changes'),
    ask('predictable.not_reviewed', 'recommended', 'etf', 'Quality assurance: review at minimum annually', {
      months: 12,
    }),
    ask('predictable.no_assessor_agreement', 'recommended', 'bloomboard-team', 'Assessment Calibration'),
  ],
}

function ask(
  check: string,
  weight: QualityProfileCheck['weight'],
  source: string,
  section: string,
  settings?: QualityProfileCheck['settings'],
): QualityProfileCheck {
  return { check, weight, source, section, ...(settings === undefined ? {} : { settings }) }
}
