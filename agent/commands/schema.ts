import { type Command } from 'commander';
import { Fault } from '../protocol/fault';
import { withExamples } from './options';
import { print } from '../terminal/print';

/** Adds `schema`: the shape of what `--json` prints. */
export function addSchema(program: Command): void {
  const command = program
    .command('schema')
    .description('print the JSON Schema of what --json prints: of one command, or of all')
    .argument('[command...]', 'such as: passkeys list')
    .action(async (words: string[]) => {
      const { everySchema, hasDocument, schemaOf } = await import('./shapes/json-schema');
      const name = words.join(' ');
      if (name !== '' && !hasDocument(name)) throw noSuchDocument(name, Object.keys(everySchema()));
      print(JSON.stringify(hasDocument(name) ? schemaOf(name) : everySchema(), null, 2));
    });
  withExamples(command, ['schema passkeys list', 'for one command'], ['schema', 'an object with all of them']);
}

function noSuchDocument(name: string, known: readonly string[]): Fault {
  return new Fault({
    code: 'usage',
    say: `There is no command "${name}" that prints JSON.`,
    todo: `Take one of: ${known.join(', ')}.`,
  });
}
