/**
 * The classes of a CASE package, as 1EdTech's JSON Schema of CFPackage 1.1 has them, and what of it CASE 1.0 did not know.
 *
 * @module
 */

/** `#Name` is a class; `[]` an array of it. */
export type CaseKind =
  | 'text'
  | 'texts'
  | 'uuid'
  | 'number'
  | 'integer'
  | 'date'
  | 'dateTime'
  | 'associationType'
  | 'open'
  | 'opens'
  | 'version'
  | `#${string}`

export interface CaseClass {
  readonly members: Readonly<Record<string, CaseKind>>
  readonly required: readonly string[]
  /** Members that CASE 1.1 added. */
  readonly since11?: readonly string[]
}

const NODE = { identifier: 'uuid', uri: 'text' } as const
const CHANGED = { lastChangeDateTime: 'dateTime', extensions: 'open' } as const
const STATUS = { statusStartDate: 'date', statusEndDate: 'date' } as const
const definition = (members: Readonly<Record<string, CaseKind>>, required: readonly string[]): CaseClass => ({
  members: { ...NODE, title: 'text', ...members, ...CHANGED },
  required: ['identifier', 'uri', 'title', ...required, 'lastChangeDateTime'],
  since11: ['extensions'],
})

export const CASE_CLASSES: Readonly<Record<string, CaseClass>> = {
  CFPackage: {
    members: {
      CFDocument: '#CFDocument',
      CFItems: '#CFItem[]',
      CFAssociations: '#CFAssociation[]',
      CFDefinitions: '#CFDefinition',
      CFRubrics: '#CFRubric[]',
      extensions: 'open',
    },
    required: ['CFDocument'],
    since11: ['extensions'],
  },
  CFDocument: {
    members: {
      ...NODE,
      frameworkType: 'text',
      caseVersion: 'version',
      creator: 'text',
      title: 'text',
      officialSourceURL: 'text',
      publisher: 'text',
      description: 'text',
      subject: 'texts',
      subjectURI: '#LinkURI[]',
      language: 'text',
      version: 'text',
      adoptionStatus: 'text',
      ...STATUS,
      licenseURI: '#LinkURI',
      notes: 'text',
      ...CHANGED,
    },
    required: ['identifier', 'uri', 'creator', 'title', 'lastChangeDateTime'],
    since11: ['frameworkType', 'caseVersion', 'extensions'],
  },
  CFItem: {
    members: {
      ...NODE,
      fullStatement: 'text',
      alternativeLabel: 'text',
      CFItemType: 'text',
      humanCodingScheme: 'text',
      listEnumeration: 'text',
      abbreviatedStatement: 'text',
      conceptKeywords: 'texts',
      conceptKeywordsURI: '#LinkURI',
      notes: 'text',
      subject: 'texts',
      subjectURI: '#LinkURI[]',
      language: 'text',
      educationLevel: 'texts',
      CFItemTypeURI: '#LinkURI',
      licenseURI: '#LinkURI',
      ...STATUS,
      ...CHANGED,
    },
    required: ['identifier', 'uri', 'fullStatement', 'lastChangeDateTime'],
    since11: ['subject', 'subjectURI', 'extensions'],
  },
  CFAssociation: {
    members: {
      ...NODE,
      associationType: 'associationType',
      sequenceNumber: 'integer',
      originNodeURI: '#LinkGenURI',
      destinationNodeURI: '#LinkGenURI',
      CFAssociationGroupingURI: '#LinkURI',
      notes: 'text',
      ...CHANGED,
    },
    required: ['identifier', 'uri', 'associationType', 'originNodeURI', 'destinationNodeURI', 'lastChangeDateTime'],
    since11: ['notes', 'extensions'],
  },
  CFRubric: {
    members: { ...NODE, title: 'text', description: 'text', CFRubricCriteria: '#CFRubricCriterion[]', ...CHANGED },
    required: ['identifier', 'uri', 'lastChangeDateTime'],
    since11: ['extensions'],
  },
  CFRubricCriterion: {
    members: {
      ...NODE,
      category: 'text',
      description: 'text',
      CFItemURI: '#LinkURI',
      weight: 'number',
      position: 'integer',
      rubricId: 'uuid',
      CFRubricCriterionLevels: '#CFRubricCriterionLevel[]',
      ...CHANGED,
    },
    required: ['identifier', 'uri', 'lastChangeDateTime'],
    since11: ['extensions'],
  },
  CFRubricCriterionLevel: {
    members: {
      ...NODE,
      description: 'text',
      quality: 'text',
      score: 'number',
      feedback: 'text',
      position: 'integer',
      rubricCriterionId: 'uuid',
      lastChangeDateTime: 'dateTime',
      extensions: 'opens',
    },
    required: ['identifier', 'uri', 'lastChangeDateTime'],
    since11: ['extensions'],
  },
  CFDefinition: {
    members: {
      CFConcepts: '#CFConcept[]',
      CFSubjects: '#CFSubject[]',
      CFLicenses: '#CFLicense[]',
      CFItemTypes: '#CFItemType[]',
      CFAssociationGroupings: '#CFAssociationGrouping[]',
      extensions: 'open',
    },
    required: [],
    since11: ['extensions'],
  },
  CFConcept: definition({ keywords: 'text', hierarchyCode: 'text', description: 'text' }, ['hierarchyCode']),
  CFSubject: definition({ hierarchyCode: 'text', description: 'text' }, ['hierarchyCode']),
  CFLicense: definition({ description: 'text', licenseText: 'text' }, ['licenseText']),
  CFItemType: definition({ description: 'text', hierarchyCode: 'text', typeCode: 'text' }, [
    'description',
    'hierarchyCode',
  ]),
  CFAssociationGrouping: definition({ description: 'text' }, []),
  LinkURI: { members: { title: 'text', identifier: 'uuid', uri: 'text' }, required: ['title', 'identifier', 'uri'] },
  LinkGenURI: {
    members: { title: 'text', identifier: 'text', uri: 'text', targetType: 'text' },
    required: ['title', 'identifier', 'uri'],
    since11: ['targetType'],
  },
}

/** CASE 1.1, AssociationTypeEnum. Besides them `ext:` terms, since 1.1. */
export const ASSOCIATION_TYPES: readonly string[] = [
  'isChildOf',
  'isPeerOf',
  'isPartOf',
  'exactMatchOf',
  'precedes',
  'isRelatedTo',
  'replacedBy',
  'exemplar',
  'hasSkillLevel',
  'isTranslationOf',
]

/** Does it say that one item is a part of another? */
export function isHierarchical({ associationType }: { readonly associationType: string }): boolean {
  return associationType === 'isChildOf' || associationType === 'isPartOf'
}

export const EXTENSION_TERM = /^ext:[A-Za-z0-9._|-]+$/
