import { freshId, h } from './dom';

const NAMES = { system: 'System', light: 'Light', dark: 'Dark', contrast: 'Contrast' } as const;
type Choice = keyof typeof NAMES;
const KEPT_UNDER = 'keyvouch-theme';

const isChoice = (text: string | null): text is Choice => text !== null && Object.hasOwn(NAMES, text);

function kept(): Choice {
  try {
    const text = localStorage.getItem(KEPT_UNDER);
    return isChoice(text) ? text : 'system';
  } catch {
    return 'system';
  }
}

/** The choice of colours. It is kept in this browser; `system` follows the operating system. */
export function createThemeSwitch(): HTMLElement {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const contrast = matchMedia('(prefers-contrast: more)');
  let choice = kept();

  const apply = (): void => {
    const system = contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light';
    document.documentElement.dataset['theme'] = choice === 'system' ? system : choice;
  };
  const id = freshId();
  const select = h(
    'select',
    { id, class: 'select' },
    ...Object.entries(NAMES).map(([value, name]) => h('option', { value, selected: value === choice }, name)),
  );
  select.addEventListener('change', () => {
    if (!isChoice(select.value)) return;
    choice = select.value;
    try {
      localStorage.setItem(KEPT_UNDER, choice);
    } catch {
      // A browser that keeps nothing still shows the colours now.
    }
    apply();
  });
  dark.addEventListener('change', apply);
  contrast.addEventListener('change', apply);
  apply();
  return h('div', { class: 'theme-switch' }, h('label', { for: id, class: 'unseen' }, 'Colours'), select);
}
