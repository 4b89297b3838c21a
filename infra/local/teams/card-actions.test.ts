import { cardActions, cardRefresh, findAction } from './card-actions';
import { fillInputs } from './card-inputs';
import { type CardJson } from './message';

const text = (id: string, more: object = {}) => ({ type: 'Input.Text', id, ...more });
const execute = (verb: string, more: object = {}) => ({ type: 'Action.Execute', title: `T ${verb}`, verb, ...more });
const show = (body: object[], ...actions: object[]) => ({
  type: 'Action.ShowCard',
  title: 'More',
  card: { type: 'AdaptiveCard', body, actions },
});

const CARD: CardJson = {
  type: 'AdaptiveCard',
  body: [
    text('common', { value: 'kept' }),
    { type: 'Container', selectAction: execute('row'), items: [{ type: 'Input.ChoiceSet', id: 'pick' }] },
    { type: 'ActionSet', actions: [execute('quick', { associatedInputs: 'none', fallback: execute('hidden') })] },
  ],
  actions: [
    show([text('how', { isRequired: true })], execute('approve')),
    show([text('why', { isRequired: true, label: 'Why' })], execute('deny')),
    { type: 'Action.OpenUrl', title: 'Web', url: 'https://example.com' },
  ],
  refresh: { action: execute('refresh'), userIds: ['29:x'] },
};

test('every button that speaks to the bot is found, but no fallback, link or refresh', () => {
  expect(cardActions(CARD).map(({ action }) => action.verb)).toEqual(['row', 'quick', 'approve', 'deny']);
});

test.each([
  ['approve', { how: 'video' }, { common: 'kept', how: 'video' }],
  ['T deny', { why: 'no', common: '' }, { common: '', why: 'no' }],
  ['row', { pick: 'b' }, { common: 'kept', pick: 'b' }],
  ['quick', {}, {}],
])('%s gathers the inputs of its own card and of those around it', (choice, given, sent) => {
  expect(fillInputs(findAction(CARD, choice)!, given)).toEqual(sent);
});

test('a required input that stays empty stops the click', () => {
  expect(() => fillInputs(findAction(CARD, 'deny')!, { how: 'x' })).toThrow('"Why" (why)');
});

test('refresh names whom it is for', () => {
  expect(cardRefresh(CARD)).toMatchObject({ action: { verb: 'refresh' }, userIds: ['29:x'] });
  expect(cardRefresh({ ...CARD, refresh: undefined })).toBeUndefined();
});
