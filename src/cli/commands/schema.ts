import { defineCommand } from '../command.js'
import { EXIT } from '../exit.js'
import { misuse } from '../failure.js'
import { schemaFiles } from '../package-files.js'
import { didYouMean } from '../suggest.js'
import { rows } from '../table.js'

export const schema = defineCommand({
  name: 'schema',
  summary: 'show the JSON Schemas of the data model',
  description: [
    'JSON Schema 2020-12 of what this library writes, generated from its own model. Without a name: which there are. The same files are in the package: badgewright/schemas/<name>.json.',
  ],
  operands: { name: 'name', description: 'The schema to print.', min: 0, max: 1 },
  options: { json: { type: 'boolean', description: 'The list as JSON.' } },
  examples: [
    { title: 'Which there are', line: 'schema' },
    { title: 'One of them, into a file', line: 'schema achievement > achievement.schema.json' },
  ],
  run: async ({ options, operands: [name] }, { io, style, print, printJson }) => {
    const schemas = await schemaFiles(io.packageRoot)
    if (name === undefined) {
      if (options.json)
        printJson(
          schemas.map(({ name, title }) => ({ name, title })),
          2,
        )
      else
        print(
          ...rows(
            schemas.map(({ name, title }) => [name, title]),
            style.cyan,
          ),
        )
      return EXIT.ok
    }
    const names = schemas.map((entry) => entry.name)
    const found = schemas.find((entry) => entry.name === name.replace(/(?:\.schema)?\.json$/, ''))
    if (found === undefined)
      throw misuse(`there is no schema ${name}${didYouMean(name, names)}: there are ${names.join(', ')}`)
    print(found.text.trimEnd())
    return EXIT.ok
  },
})
