import { BROADCAST, Command, toReports } from '../../../local/key/hid/packet';
import { type HidPort } from '../../../local/key';
import { type Book, signatureOf } from './book';
import { createMessages } from './messages';

/** What has a line to a program: the virtual key, or what plays one. */
export interface KeyEnd {
  attach(send: (report: Buffer) => void): HidPort;
  /** Pulled out of its port, or put back in. */
  power?(on: boolean): void;
}

const CHANNEL = 0x0b0b0001;
const INVALID_COMMAND = Buffer.of(0x01);

/**
 * Plays a key: gives to each request what the genuine key once gave to its like. It computes nothing, so that thousands
 * of conversations cost what the agent alone costs; the agent never sees the difference, because only the service
 * verifies what a key signs.
 */
export function replayKey(book: Book): KeyEnd {
  const turn = new Map<string, number>();
  let channels = 0;

  function answer(command: number, message: Uint8Array): Uint8Array {
    if (command === Command.PING) return message;
    const signature = signatureOf(command, message);
    const answers = book.answers.get(signature) ?? [];
    const place = turn.get(signature) ?? 0;
    turn.set(signature, place + 1);
    return answers[Math.min(place, answers.length - 1)] ?? INVALID_COMMAND;
  }

  function channelFor(nonce: Uint8Array, cid: number): Buffer {
    const reply = Buffer.alloc(17);
    reply.set(nonce.subarray(0, 8));
    reply.writeUInt32BE(cid === BROADCAST ? CHANNEL + (channels += 1) : cid, 8);
    reply.set([2, 1, 0, 0, 0x05], 12);
    return reply;
  }

  return {
    attach(send) {
      const receive = createMessages(({ cid, command, message }) => {
        if (command === Command.CANCEL) return;
        const reply = command === Command.INIT ? channelFor(message, cid) : answer(command, message);
        for (const report of toReports(cid, command, reply)) send(report);
      });
      return { receive, detach: () => undefined };
    },
  };
}
