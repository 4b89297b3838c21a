/**
 * Opens the reader's own chat with the bot, with a line typed and not yet sent (Teams deep links, "Start a new chat").
 * @param appId the bot's app id
 */
export function chatLink(appId: string, line?: string): string {
  const users = encodeURIComponent(`28:${appId}`);
  const message = line === undefined ? '' : `&message=${encodeURIComponent(line)}`;
  return `https://teams.microsoft.com/l/chat/0/0?users=${users}${message}`;
}
