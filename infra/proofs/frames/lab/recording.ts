import { Command } from '../../../local/key/hid/packet';
import { type Book, signatureOf } from './book';
import { createMessages } from './messages';
import { type KeyEnd } from './replay-key';

/** A line to a key that writes down what is said. */
export interface Recording extends KeyEnd {
  book(): Book;
}

export function recording(key: KeyEnd): Recording {
  const answers = new Map<string, Uint8Array[]>();
  const requests: Uint8Array[] = [];
  let length = 0;
  return {
    attach(send) {
      let asked: string | undefined;
      const heard = createMessages(({ command, message }) => {
        if (command === Command.KEEPALIVE || command === Command.INIT || asked === undefined) return;
        answers.set(asked, [...(answers.get(asked) ?? []), Uint8Array.from(message)]);
      });
      const said = createMessages(({ command, message }) => {
        length += 1;
        asked = signatureOf(command, message);
        if (command === Command.CBOR) requests.push(Uint8Array.from(message));
      });
      const port = key.attach((report) => {
        heard(report);
        send(report);
      });
      return {
        receive(report) {
          said(report);
          port.receive(report);
        },
        detach: port.detach,
      };
    },
    power: (on) => key.power?.(on),
    book: () => ({ answers, requests, length }),
  };
}

/** Several books as one, for a key that has something to say to everything. */
export function allOf(books: readonly Book[]): Book {
  const answers = new Map<string, Uint8Array[]>();
  for (const book of books)
    for (const [signature, list] of book.answers) answers.set(signature, [...(answers.get(signature) ?? []), ...list]);
  const requests = books.flatMap((book) => [...book.requests]);
  return { answers, requests, length: requests.length };
}
