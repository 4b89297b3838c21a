import { type Locator, type Page } from 'playwright-core';
import { type Person } from './cast';
import { type Desk } from './desk';

/** The account in Entra as its owner meets it: signing in, and Security info. */
export interface AccountView {
  readonly panel: Locator;
  signInWithKey(pin: string): Promise<void>;
  /** Signs in with the pass and adds the key that is plugged in. */
  addKeyWithPass(pass: string, name: string, pin: string): Promise<void>;
  /** Signs in with a pass that must not work. */
  passRefused(pass: string): Promise<void>;
}

export async function accountOf(page: Page, desk: Desk, person: Person): Promise<AccountView> {
  await page.getByRole('tab', { name: 'Account in Entra' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Account in Entra' });
  await panel.getByLabel('Account of').selectOption(person.id);
  await panel.getByText(person.upn, { exact: true }).waitFor();
  const press = (name: string) => panel.getByRole('button', { name, exact: true }).click();
  const result = panel.getByRole('status');
  const withPass = async (pass: string) => {
    await press('Sign in with a pass');
    await panel.getByLabel('Temporary Access Pass').fill(pass);
    await press('Sign in');
  };

  return {
    panel,
    async signInWithKey(pin) {
      await press('Sign in with this key');
      await panel.getByLabel('PIN of the key').fill(pin);
      await press('Sign in');
      await desk.touch();
      await result.filter({ hasText: 'Signed in with the security key.' }).waitFor();
    },
    async addKeyWithPass(pass, name, pin) {
      await withPass(pass);
      await result.filter({ hasText: 'Signed in with the pass.' }).waitFor();
      await panel.getByLabel('Name for the key').fill(name);
      await panel.getByLabel('PIN of the key').fill(pin);
      await press('Add this key');
      await desk.touch();
      await result.filter({ hasText: 'The security key was added.' }).waitFor();
    },
    async passRefused(pass) {
      await withPass(pass);
      await result.waitFor();
      if (/Signed in/.test(await result.innerText())) throw new Error('a pass that should be dead signs in');
      await press('Cancel');
    },
  };
}
