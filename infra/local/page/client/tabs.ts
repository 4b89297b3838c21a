import { freshId, h } from './dom';

/** Panels of which one is shown; arrow keys move between the tabs (ARIA "tabs" pattern). */
export function createTabs(label: string, panels: readonly { name: string; panel: HTMLElement }[]) {
  const tabs = panels.map(({ name, panel }, at) => {
    panel.id = freshId();
    const tab = h('button', { role: 'tab', id: freshId(), 'aria-controls': panel.id, class: 'tab' }, name);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    panel.prepend(h('h2', { class: 'unseen' }, name));
    tab.addEventListener('click', () => select(at));
    return tab;
  });
  const select = (chosen: number): void => {
    for (const [at, { panel }] of panels.entries()) {
      panel.hidden = at !== chosen;
      tabs[at]?.setAttribute('aria-selected', String(at === chosen));
      tabs[at]?.setAttribute('tabindex', at === chosen ? '0' : '-1');
    }
  };
  const list = h('div', { role: 'tablist', 'aria-label': label, class: 'tabs' }, ...tabs);
  list.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const now = tabs.findIndex((tab) => tab === document.activeElement);
    if (step === undefined || now < 0) return;
    const next = (now + step + tabs.length) % tabs.length;
    select(next);
    tabs[next]?.focus();
  });
  select(0);
  return {
    root: h('section', { class: 'panel tabbed', 'aria-label': label }, list, ...panels.map(({ panel }) => panel)),
    select,
  };
}
