import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { eventSchema } from '../../../bot/outer/event-schema';

// Writes the JSON Schema that receivers of webhooks are given: npx tsx infra/local/outer/write-schema.ts
const file = join(__dirname, '../../../bot/outer/event-1.schema.json');
void format(JSON.stringify(eventSchema()), { parser: 'json', printWidth: 120 }).then((text) => {
  writeFileSync(file, text);
});
