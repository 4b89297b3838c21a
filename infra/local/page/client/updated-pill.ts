import { h } from './dom';

/** Says that a card out of sight was updated, and leads there. */
export interface UpdatedPill {
  root: HTMLElement;
  point(message: HTMLElement): void;
  hide(): void;
}

export function createUpdatedPill(scroll: HTMLElement): UpdatedPill {
  let target: HTMLElement | undefined;
  const hide = (): void => {
    target = undefined;
    root.hidden = true;
  };
  const go = (): void => {
    target?.scrollIntoView({ block: 'start', behavior: 'smooth' });
    hide();
    scroll.focus({ preventScroll: true });
  };
  const root = h('button', { class: 'updated-pill', hidden: true, onclick: go }, 'A card above was updated');
  const inSight = (message: HTMLElement): boolean => {
    const [place, box] = [scroll.getBoundingClientRect(), message.getBoundingClientRect()];
    return box.bottom > place.top + 60;
  };
  scroll.addEventListener('scroll', () => target && inSight(target) && hide(), { passive: true });
  return {
    root,
    hide,
    point: (message) => {
      // Where it stands is known once this round of drawing is over.
      requestAnimationFrame(() => {
        if (!message.isConnected || inSight(message)) return;
        target = message;
        root.hidden = false;
      });
    },
  };
}
