import { Fault } from '../protocol/fault';

export function notPaired(): Fault {
  return new Fault({
    code: 'not-paired',
    say: 'This workstation is not paired with Keyvouch.',
    todo: 'Type "pair" in the chat with Keyvouch, then run "keyvouch-agent pair" here.',
  });
}
