import { Fault } from '../../agent/protocol/fault';

/** Another process has shown the same card at the same moment. */
export function cardOvertaken(): Fault {
  const say = 'Two processes showed this card at the same moment.';
  return new Fault({ code: 'card-overtaken', say, todo: 'It is shown once more by itself.', retry: true });
}

/** Rounds against others who write to the same record. */
const TRIES = 3;

/**
 * Shows a card. Where that fails nobody knows which state stands there: an update may have come through all the same, or
 * another process was there at the same moment. What is recorded is then no longer relied on, so that the next showing
 * does not take the card for unchanged.
 */
export async function distrustedIfFailed<T, Post extends { digest: string }>(
  show: () => Promise<T>,
  read: () => Promise<Post | undefined>,
  put: (post: Post, before: Post) => Promise<boolean>,
): Promise<T> {
  try {
    return await show();
  } catch (error) {
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const recorded = await read();
      if (!recorded || (await put({ ...recorded, digest: 'unknown' }, recorded))) break;
    }
    throw error;
  }
}
