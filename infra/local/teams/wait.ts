import { type ChatMessage } from './message';

/** Waits until a message of a chat is as wished, looking after every change. */
export async function waitForMessage(
  name: string,
  chat: () => readonly ChatMessage[],
  predicate: (message: ChatMessage, chat: readonly ChatMessage[]) => boolean,
  ms: number,
  listen: (listener: () => void) => () => void,
): Promise<ChatMessage> {
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const found = chat().find((message) => predicate(message, chat()));
      if (!found) return false;
      stop();
      resolve({ ...found });
      return true;
    };
    const stop = (): void => {
      clearTimeout(timer);
      unlisten();
    };
    const timer = setTimeout(() => {
      stop();
      const holds = chat().map(({ from, text, card, view }) => ({ from, text, card, view }));
      reject(new Error(`Waited ${ms} ms in ${name}'s chat, which holds ${JSON.stringify(holds, null, 1)}`));
    }, ms);
    const unlisten = listen(() => void look());
    look();
  });
}
