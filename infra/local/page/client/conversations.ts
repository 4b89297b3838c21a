import { type PageGroup } from '../wire';
import { h } from './dom';

/** What a conversation of several is called: channels carry a #, as everywhere. */
export const groupName = ({ kind, name }: PageGroup): string => (kind === 'channel' ? `# ${name}` : name);

/** The buttons above a person's chat: their own with the bot, and the conversations of several that they are in. */
export function createConversations(appName: string, go: (group: string | undefined) => void) {
  const root = h('div', { class: 'conversations', role: 'group', hidden: true });

  const show = (owner: string, groups: readonly PageGroup[], current: string | undefined): void => {
    root.hidden = groups.length === 0;
    root.setAttribute('aria-label', `Conversations of ${owner}`);
    const places = [{ id: undefined, words: appName }, ...groups.map((one) => ({ id: one.id, words: groupName(one) }))];
    const wanted = JSON.stringify([owner, places, current]);
    if (root.dataset['shown'] === wanted) return;
    root.dataset['shown'] = wanted;
    const hadFocus = root.contains(document.activeElement);
    const buttons = places.map(({ id, words }) =>
      h('button', { class: 'conversation', 'aria-pressed': String(id === current), onclick: () => go(id) }, words),
    );
    root.replaceChildren(...buttons);
    if (hadFocus) buttons.find((button) => button.getAttribute('aria-pressed') === 'true')?.focus();
  };
  return { root, show };
}
