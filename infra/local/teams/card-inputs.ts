import { type PlacedAction } from './card-actions';

type Given = Readonly<Record<string, unknown>>;

/**
 * What an action sends besides its own data once a person has filled in `given`: defaults stand where nothing is given,
 * an empty text is an empty string, a choice not made is left out. Names that no input has go along: a forger's do too.
 * @throws Error where a required input stays empty: a client does not send such a click.
 */
export function fillInputs({ action, inputs }: PlacedAction, given: Given): Record<string, unknown> {
  if (!action.withInputs) return { ...given };
  const filled: Record<string, unknown> = {};
  for (const input of inputs) {
    const { id, label } = input;
    if (typeof id !== 'string') continue;
    const value = given[id] ?? input['value'] ?? emptyValue(input);
    if (input['isRequired'] === true && (value === undefined || value === '')) {
      const name = typeof label === 'string' ? label : id;
      throw new Error(`The card asks for "${name}" (${id}): a Teams client would not send this.`);
    }
    if (value !== undefined) filled[id] = value;
  }
  return { ...filled, ...given };
}

function emptyValue(input: Given): unknown {
  if (input['type'] === 'Input.Text') return '';
  if (input['type'] === 'Input.Toggle') return input['valueOff'] ?? 'false';
  return undefined;
}
