// The framework of the report's 13 professional endorsements, the academy's own words, the school's crosswalk and three roles.
// Of the report's 66 competencies only those are here whose names its text gives; which set they belong to is made up.
import { readFileSync } from 'node:fs'
import { parseCrosswalk, parseFramework, parseStack } from 'badgewright/competency'

const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8'))

export const starterBin = parseFramework(read('framework'))
export const academyFramework = parseFramework(read('academy-framework'))
export const schoolFramework = parseFramework(read('school-framework'))
export const crosswalk = parseCrosswalk(read('crosswalk'))
export const frameworks = [starterBin, academyFramework, schoolFramework]
export const stacks = ['face-to-face-teacher', 'design-team', 'school-leader'].map((name) => parseStack(read(name)))
