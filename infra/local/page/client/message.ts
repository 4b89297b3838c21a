import { type Alert } from '../../teams';
import { type PageMessage, type PagePerson } from '../wire';
import { avatar } from './avatar';
import { drawCard, type PressedAction } from './card';
import { h } from './dom';
import { drawFile } from './file-card';
import { icon } from './icons';
import { ask, sentence } from './live';
import { markdownToHtml } from './markdown';
import { clockTime, fullTime } from './time';

/** A message on the page, which is brought up to date rather than drawn anew: what was typed into a card stays. */
export interface MessageView {
  root: HTMLElement;
  /** @returns whether what it shows was replaced. */
  update(message: PageMessage): boolean;
}

const BOT = { id: 'bot', name: 'Keyvouch' };

/** Whose client shows it, and in which conversation of several. */
export interface MessagePlace {
  person: PagePerson;
  appName: string;
  group: string | undefined;
}

export function createMessage({ person, appName, group }: MessagePlace, first: PageMessage): MessageView {
  const content = h('div', { class: 'content' });
  const alertPlace = h('div', { class: 'alert-place', role: 'alert' });
  const foot = h('p', { class: 'foot' });
  const time = h('time', { datetime: first.at, title: fullTime(first.at) }, clockTime(first.at));
  const sender = first.from === 'bot' ? { ...BOT, name: appName } : first.by;
  const bubble = h(
    'div',
    { class: 'bubble' },
    h('p', { class: 'meta' }, h('span', { class: sender ? 'sender' : 'unseen' }, sender?.name ?? 'You'), time),
    content,
    alertPlace,
    foot,
  );
  const side = first.by ? 'from-person from-other' : `from-${first.from}`;
  const root = h('li', { class: `message ${side}` }, sender && avatar(sender), bubble);
  let drawn = '';
  let busy = false;
  let pressing = false;
  let pressed: Element | null = null;

  const draw = (message: PageMessage): boolean => {
    const wanted = JSON.stringify([message.text, message.card, message.file]);
    if (wanted === drawn) return false;
    const redraw = drawn !== '';
    const hadFocus = content.contains(document.activeElement);
    drawn = wanted;
    content.replaceChildren();
    if (message.text !== '') content.append(textOf(message));
    if (message.card) content.append(drawCard(message.card, person.locale, (action) => void press(action)));
    if (message.file) content.append(drawFile(person.id, message.id, message.file));
    root.classList.toggle('with-card', message.card !== undefined || message.file !== undefined);
    if (!redraw) return false;
    content.classList.remove('renewed');
    requestAnimationFrame(() => content.classList.add('renewed'));
    if (hadFocus) focusContent(content);
    return true;
  };

  const press = async (action: PressedAction): Promise<void> => {
    pressed = document.activeElement;
    pressing = true;
    showBusy();
    try {
      await ask('press', { person: person.id, ...(group !== undefined && { group }), message: first.id, action });
    } catch (error) {
      showAlert(alertPlace, { kind: 'error', text: sentence(error) });
    } finally {
      pressing = false;
      showBusy();
    }
  };

  /** From the click on, before the server has even heard of it, until the server says that it is done. */
  const showBusy = (): void => {
    const now = busy || pressing;
    content.setAttribute('aria-busy', String(now));
    for (const button of content.querySelectorAll('button')) {
      button.classList.toggle('pressed', now && button === pressed);
      if (now) button.setAttribute('aria-disabled', 'true');
      else button.removeAttribute('aria-disabled');
    }
    root.classList.toggle('busy', now);
  };

  const update = (message: PageMessage): boolean => {
    const renewed = draw(message);
    busy = message.busy;
    showBusy();
    root.classList.toggle('unread', message.unread);
    showAlert(alertPlace, message.alert);
    showFoot(foot, message);
    return renewed;
  };
  // While an invoke runs its card takes no second click; the buttons stay where the focus is.
  content.addEventListener('click', (event) => root.classList.contains('busy') && stop(event), true);
  update(first);
  return { root, update };
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

/** Whoever pressed the button that is gone now stands at the new card. */
function focusContent(content: HTMLElement): void {
  content.tabIndex = -1;
  content.focus({ preventScroll: true });
}

function textOf(message: PageMessage): HTMLElement {
  const text = h('div', { class: 'text' });
  if (message.format === 'markdown') text.innerHTML = markdownToHtml(message.text);
  else text.textContent = message.text;
  return text;
}

function showAlert(place: HTMLElement, alert: Alert | undefined): void {
  if (!alert) return place.replaceChildren();
  if (place.textContent === alert.text) return;
  place.replaceChildren(
    h('div', { class: `alert alert-${alert.kind}` }, icon(alert.kind === 'error' ? 'error' : 'info'), alert.text),
  );
}

function showFoot(foot: HTMLElement, message: PageMessage): void {
  const marks = [
    message.own && 'Only shown to you, until the chat is reloaded',
    message.updatedAt && `Updated ${clockTime(message.updatedAt)}`,
  ].filter((mark) => typeof mark === 'string');
  foot.hidden = marks.length === 0;
  const words = marks.join(' · ');
  if (foot.textContent !== words) foot.replaceChildren(...(message.own ? [icon('lock')] : []), words);
  foot.classList.toggle('own', message.own);
}
