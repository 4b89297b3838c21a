import * as z from 'zod/v4';
import { type DocumentName, DOCUMENTS, FAILURE } from './documents';

/** Whether there is a command of this name that prints JSON. */
export function hasDocument(name: string): name is DocumentName {
  return Object.hasOwn(DOCUMENTS, name);
}

/** JSON Schema (2020-12) of all that one command prints with `--json`: its document, or the failure. */
export function schemaOf(name: DocumentName): object {
  const document = z.toJSONSchema(z.union([DOCUMENTS[name], FAILURE]), { io: 'output' });
  return { ...document, title: `keyvouch-agent ${name} --json` };
}

/** The same for every command, under the command's name. */
export function everySchema(): Record<string, object> {
  return Object.fromEntries(
    Object.keys(DOCUMENTS)
      .filter(hasDocument)
      .map((name) => [name, schemaOf(name)]),
  );
}
