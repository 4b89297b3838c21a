import { Fault } from '../../agent/protocol/fault';

/** Another process has shown the same card at the same moment. */
export function cardOvertaken(): Fault {
  const say = 'Two processes showed this card at the same moment.';
  return new Fault({ code: 'card-overtaken', say, todo: 'It is shown once more by itself.', retry: true });
}
