import { type Scene } from './play';

/** What a person does with a pass: signs in with it, and adds the new key at Security info. */
export interface PassUse {
  take(pass: string): void;
  /** @returns whether there was something to try */
  step(): Promise<boolean>;
  used(): boolean;
}

/** A fresh pass is tried for so long before another one is asked for. */
const TRY_MS = 20_000;

export function setPassUse({ house, story, newKey }: Pick<Scene, 'house' | 'story' | 'newKey'>): PassUse {
  const { entra, clock } = house;
  const { upn } = story.subject;
  let pass: { text: string; since: number } | undefined;
  let used = false;
  return {
    take(text) {
      pass = { text, since: clock.now().getTime() };
    },
    used: () => used,
    async step() {
      if (!pass || used) return false;
      if (clock.now().getTime() - pass.since > TRY_MS) {
        pass = undefined;
        return false;
      }
      const signedIn = entra.signInWithPass(upn, pass.text);
      if (!signedIn.ok || !signedIn.session) return true;
      if (story.flow === 'pass') {
        used = true;
        return true;
      }
      used = (await entra.registerAtSecurityInfo(upn, signedIn.session, newKey)).ok;
      return true;
    },
  };
}
