import { type Keepalive } from '../hid/commands';
import { type Prompts } from './prompts';

/** Tells the person to touch the key from the moment the key wants it until the call is over. */
export async function withTouch<T>(
  prompts: Prompts,
  text: string,
  run: (onKeepalive: (keepalive: Keepalive) => void) => Promise<T>,
): Promise<T> {
  const told = { touch: false };
  try {
    return await run((keepalive) => {
      if (told.touch || keepalive !== 'touch') return;
      told.touch = true;
      prompts.touch(text);
    });
  } finally {
    if (told.touch) prompts.touchDone();
  }
}
