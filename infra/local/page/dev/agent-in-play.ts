/** What the agent's terminal looks like, for the page alone: says things, asks for a PIN and a number. */
import { createInterface } from 'node:readline/promises';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const reader = createInterface({ input: process.stdin });
const lines = reader[Symbol.asyncIterator]();
const ask = async (question: string): Promise<string> => {
  process.stdout.write(question);
  const line = await lines.next();
  return line.done === true ? '' : line.value;
};

async function main(): Promise<void> {
  console.log('Keyvouch agent, paired with this workstation (WS-PILOT-07).');
  console.log('Waiting for work. Nothing listens here: the agent only asks.');
  await pause(400);
  console.log('');
  console.log('A job came: register a security key for Ada Lindqvist.');
  const number = await ask('The number that the chat shows: ');
  console.log(number === '42' ? 'That is right.' : 'That is not the number.');
  const pin = await ask('New PIN (at least 4 characters): ');
  console.log(`\nThe PIN has ${Array.from(pin.trim()).length} characters.`);
  console.log('>> Touch the key now.');
  await pause(1500);
  console.log('Done. You can sign in with it.');
  reader.close();
}

void main();
