/**
 * What the connector answers when it refuses, sent as `{ error: { code, message } }`
 * (Teams docs "Status codes from bot conversational APIs").
 */
export class ConnectorError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ConnectorError';
  }
}

export const badSyntax = (message: string) => new ConnectorError(400, 'BadSyntax', message);
export const unauthorized = () =>
  new ConnectorError(401, 'Unauthorized', 'Authorization has been denied for this request.');
export const notInRoster = () =>
  new ConnectorError(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
export const botBlocked = () =>
  new ConnectorError(403, 'MessageWritesBlocked', 'Thread is blocked from message writes.');
export const conversationNotFound = () => new ConnectorError(404, 'ConversationNotFound', 'Conversation not found.');
export const activityNotFound = () =>
  new ConnectorError(404, 'ActivityNotFoundInConversation', 'The activity was not found in the conversation.');
export const memberNotFound = () =>
  new ConnectorError(404, 'MemberNotFoundInConversation', 'The member was not found in the conversation.');
export const notFound = () => new ConnectorError(404, 'NotFound', 'There is no such address here.');
export const messageTooBig = () => new ConnectorError(413, 'MessageSizeTooBig', 'Message size too large.');
export const tooManyRequests = () => new ConnectorError(429, 'TooManyRequests', 'Too many requests.');
