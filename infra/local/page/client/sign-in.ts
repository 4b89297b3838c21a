import { type Attempt } from '../ports';
import { freshId, h, setText } from './dom';
import { icon } from './icons';
import { sentence } from './live';

export interface SignInWays {
  withPass(pass: string): Promise<Attempt>;
  withKey(pin: string): Promise<Attempt>;
  addKey(session: string, pin: string, name: string): Promise<Attempt>;
}

type Step = 'choose' | 'key' | 'pass' | 'security-info';

interface Field {
  name: string;
  label: string;
  secret: boolean;
  value?: string;
}

/** The browser in which a person signs in: with the key, or with a pass and on to Security info. */
export function createSignIn(ways: SignInWays): { root: HTMLElement; forget(): void } {
  const place = h('div', { class: 'sign-in-step' });
  const result = h('p', { class: 'result', role: 'status', hidden: true });
  const root = h('div', { class: 'sign-in' }, place, result);
  let session = '';

  const tell = (attempt: Attempt): void => {
    result.hidden = false;
    result.className = `result ${attempt.ok ? 'result-ok' : 'result-failed'}`;
    result.replaceChildren(icon(attempt.ok ? 'check' : 'error'), h('span', {}, attempt.say));
  };

  const form = (title: string, fields: readonly Field[], send: string, act: (values: string[]) => Promise<Attempt>) => {
    const inputs = fields.map(({ secret, value = '' }) =>
      h('input', { id: freshId(), type: secret ? 'password' : 'text', autocomplete: 'off', value, class: 'input' }),
    );
    const button = h('button', { class: 'button primary' }, send);
    const submit = async (event: Event): Promise<void> => {
      event.preventDefault();
      button.disabled = true;
      setText(button, 'Working…');
      const attempt = await act(inputs.map(({ value }) => value)).catch((error: unknown): Attempt => ({
        ok: false,
        say: sentence(error),
      }));
      tell(attempt);
      session = attempt.session ?? (attempt.ok ? '' : session);
      if (attempt.session !== undefined) show('security-info');
      else if (attempt.ok) show('choose');
      else {
        button.disabled = false;
        setText(button, send);
      }
    };
    const rows = fields.map(({ label }, at) => {
      const input = inputs[at];
      return h('div', { class: 'field' }, h('label', { for: input?.id }, label), input);
    });
    const cancel = h('button', { class: 'button', type: 'button', onclick: () => show('choose') }, 'Cancel');
    place.replaceChildren(
      h(
        'form',
        { class: 'sign-in-form', onsubmit: (event) => void submit(event) },
        h('h3', {}, title),
        ...rows,
        h('div', { class: 'row' }, button, cancel),
      ),
    );
    inputs[0]?.focus();
  };

  const steps: Record<Step, () => void> = {
    choose: () =>
      place.replaceChildren(
        h(
          'div',
          { class: 'row' },
          h('button', { class: 'button primary', onclick: () => start('key') }, 'Sign in with this key'),
          h('button', { class: 'button', onclick: () => start('pass') }, 'Sign in with a pass'),
        ),
      ),
    key: () =>
      form('Sign in with this key', [{ name: 'pin', label: 'PIN of the key', secret: true }], 'Sign in', ([pin = '']) =>
        ways.withKey(pin),
      ),
    pass: () =>
      form(
        'Sign in with a pass',
        [{ name: 'pass', label: 'Temporary Access Pass', secret: true }],
        'Sign in',
        ([pass = '']) => ways.withPass(pass.trim()),
      ),
    'security-info': () =>
      form(
        'Security info: add a security key',
        [
          { name: 'name', label: 'Name for the key', secret: false, value: 'My security key' },
          { name: 'pin', label: 'PIN of the key', secret: true },
        ],
        'Add this key',
        ([name = '', pin = '']) => ways.addKey(session, pin, name),
      ),
  };
  const show = (step: Step): void => steps[step]();
  const start = (step: Step): void => {
    result.hidden = true;
    show(step);
  };
  show('choose');
  return {
    root,
    forget: () => {
      session = '';
      start('choose');
    },
  };
}
