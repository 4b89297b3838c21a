import { buttonBreaches } from './button-rules';
import { type Part, partsOf, textsOf } from './parts';
import { schemaBreaches } from './schema';
import { SECRETS } from './sample';

/** Teams takes more; a card that is larger than this is too long to read. */
const BYTES_AT_MOST = 25 * 1024;

function inputBreaches({ part }: { part: Part }): string[] {
  const type = part['type'];
  if (typeof type !== 'string' || !type.startsWith('Input.')) return [];
  const name = `${type} ${String(part['id'])}`;
  return [
    ...(part['label'] ? [] : [`${name} has no label`]),
    ...(part['isRequired'] === true && !part['errorMessage'] ? [`${name} is required and has no errorMessage`] : []),
    ...(['verb', 'ticket', 'nonce', 'subject'].includes(String(part['id']))
      ? [`${name} overwrites a button's data`]
      : []),
  ];
}

function layoutBreaches({ part }: { part: Part }): string[] {
  const { type } = part;
  if (type === 'TextBlock' && part['wrap'] !== true) return [`a TextBlock does not wrap: ${String(part['text'])}`];
  if (type === 'TextBlock' && String(part['text']).trim() === '') return ['a TextBlock is empty'];
  if (type === 'FactSet' && (part['facts'] as unknown[]).length === 0) return ['a FactSet is empty'];
  if (type === 'Column' && !['auto', 'stretch'].includes(String(part['width']))) return ['a Column has a fixed width'];
  if (type === 'Table') return ['a Table does not fit a phone'];
  return [];
}

function wordBreaches(card: Part): string[] {
  const said = textsOf(card);
  return [
    ...said.filter((text) => /(?<!\{)\{[a-z]\w*\}/i.test(text)).map((text) => `a place was not filled: ${text}`),
    ...said
      .filter((text) => /undefined|\[object|NaN|Invalid Date/.test(text))
      .map((text) => `a value is missing: ${text}`),
    ...('msteams' in card ? ['a card can mention nobody'] : []),
    ...(said.some((text) => text === card['speak']) ? [] : ['nothing is said to screen readers']),
  ];
}

/** What is wrong with a card, by Teams' rules and by ours. `shows`: the secrets that it is there to show. */
export function cardBreaches(card: object, shows: readonly string[] = []): string[] {
  const json = JSON.stringify(card);
  const root = card as Part;
  const parts = partsOf(root);
  const bytes = Buffer.byteLength(json);
  const leaks = Object.entries(SECRETS).filter(([, value]) => json.includes(JSON.stringify(value).slice(1, -1)));
  const unwanted = leaks.filter(([, value]) => !shows.includes(value));
  const hidden = shows.filter((value) => !textsOf(card).includes(value));
  const headings = parts.filter(({ part }) => part['style'] === 'heading');
  return [
    ...(root['version'] === '1.5' ? [] : ['the version is not 1.5']),
    ...(bytes > BYTES_AT_MOST ? [`${bytes} bytes are more than ${BYTES_AT_MOST}`] : []),
    ...(headings.length > 0 ? [] : ['no heading']),
    ...unwanted.map(([name]) => `shows the secret "${name}"`),
    ...hidden.map(() => 'does not show its secret letter by letter'),
    ...parts.flatMap(inputBreaches),
    ...parts.flatMap(layoutBreaches),
    ...wordBreaches(root),
    ...buttonBreaches(root),
    ...schemaBreaches(card),
  ];
}
