import { type CardJson } from './message';

/** A button (or a selectAction) of a card that speaks to the bot. */
export interface CardAction {
  type: 'Action.Execute' | 'Action.Submit';
  title?: string;
  verb?: string;
  id?: string;
  data: Record<string, unknown>;
  /** The Action.Submit that an old client would show instead. */
  fallback?: CardAction;
  /** With `associatedInputs: 'none'` no inputs are sent, and none are checked. */
  withInputs: boolean;
}

/** An action where it stands: with the inputs that it gathers, which are those of its card and of the cards around it. */
export interface PlacedAction {
  action: CardAction;
  inputs: readonly Readonly<Record<string, unknown>>[];
}

type JsonObject = Record<string, unknown>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Properties that hold no part of what a client shows. */
const NOT_SHOWN = new Set(['fallback', 'refresh', 'data']);

/** The objects of one card in reading order. What an Action.ShowCard opens is a card of its own. */
function* objectsOf(value: unknown): Generator<JsonObject> {
  if (Array.isArray(value)) for (const item of value) yield* objectsOf(item);
  if (!isObject(value)) return;
  yield value;
  if (value['type'] === 'Action.ShowCard') return;
  for (const [key, inner] of Object.entries(value)) if (!NOT_SHOWN.has(key)) yield* objectsOf(inner);
}

/** Reads an action; undefined where it is of a kind that never reaches the bot. */
export function cardAction(value: unknown): CardAction | undefined {
  if (!isObject(value)) return undefined;
  const { type } = value;
  if (type !== 'Action.Execute' && type !== 'Action.Submit') return undefined;
  const [title, verb, id] = [textOf(value['title']), textOf(value['verb']), textOf(value['id'])];
  const fallback = cardAction(value['fallback']);
  return {
    type,
    data: isObject(value['data']) ? value['data'] : {},
    withInputs: value['associatedInputs'] !== 'none',
    ...(title !== undefined && { title }),
    ...(verb !== undefined && { verb }),
    ...(id !== undefined && { id }),
    ...(fallback && { fallback }),
  };
}

/** All actions of a card that speak to the bot, those of its show cards included. */
export function cardActions(card: CardJson, around: PlacedAction['inputs'] = []): PlacedAction[] {
  const objects = [...objectsOf(card)];
  const inputs = [...around, ...objects.filter(({ type }) => textOf(type)?.startsWith('Input.'))];
  return objects.flatMap((object) => {
    if (object['type'] === 'Action.ShowCard' && isObject(object['card'])) return cardActions(object['card'], inputs);
    const action = cardAction(object);
    return action ? [{ action, inputs }] : [];
  });
}

/** How a test names a button: by its verb, its title or its id, or by looking at it. */
export type ActionChoice = string | ((action: CardAction) => boolean);

export function findAction(card: CardJson, choice: ActionChoice): PlacedAction | undefined {
  const matches =
    typeof choice === 'function'
      ? choice
      : ({ verb, title, id, data }: CardAction) => [verb, title, id, data['verb']].includes(choice);
  return cardActions(card).find(({ action }) => matches(action));
}

/** The automatic invoke of a card (`refresh`), and for which MRIs; undefined people: for everybody in the chat. */
export function cardRefresh(
  card: CardJson,
): { action: CardAction; userIds: readonly unknown[] | undefined } | undefined {
  const refresh = card['refresh'];
  if (!isObject(refresh)) return undefined;
  const action = cardAction(refresh['action']);
  const userIds: unknown = refresh['userIds'];
  return action && { action, userIds: Array.isArray(userIds) ? userIds : undefined };
}
