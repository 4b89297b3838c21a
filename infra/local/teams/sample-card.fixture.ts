import { type CardJson } from './message';

/** A card with an input that must be filled in and a button of every kind. */
export const card = (text: string, extra: Record<string, unknown> = {}): CardJson => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text },
    { type: 'Input.Text', id: 'reason', label: 'Reason', isRequired: true },
    { type: 'Input.Toggle', id: 'sure', title: 'Sure' },
  ],
  actions: [
    {
      type: 'Action.Execute',
      title: 'Approve',
      verb: 'approve',
      data: { ticket: 'T1' },
      fallback: { type: 'Action.Submit', title: 'Approve', data: { verb: 'approve', old: true } },
    },
    { type: 'Action.Execute', title: 'Deny', verb: 'deny' },
    { type: 'Action.Execute', title: 'Ask', verb: 'ask' },
    { type: 'Action.Execute', title: 'Sleep', verb: 'sleep' },
    { type: 'Action.Submit', title: 'Old', data: { verb: 'old' } },
  ],
  ...extra,
});

/** A message with this card. */
export const attach = (content: CardJson) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
});

/** What a bot answers an invoke with. */
export const invokeAnswer = (statusCode: number, type: string, value: unknown) => ({
  type: 'invokeResponse',
  value: { status: 200, body: { statusCode, type, value } },
});
