import { Fault } from '../../agent/protocol/fault';

/** Shows a card that somebody asked for; where another process has just shown it, there is nothing left to do. */
export async function unlessOvertaken(shown: Promise<unknown>): Promise<void> {
  try {
    await shown;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'card-overtaken') throw error;
  }
}
