import { type BrowserContextOptions } from 'playwright-core';
import { examine, fits } from '../axe';
import { cast } from '../cast';
import { chatOf } from '../chat';
import { groupOf } from '../group';
import { type Stage, type TestCase } from '../stage';
import { approvalOf, askForKey } from '../steps';

const REASON = 'Seen in every colour';
const CHANNEL = '# Helpdesk';
const WIDE = { width: 1600, height: 1000 };
const PHONE = { width: 390, height: 844 };
/** The parts of which a narrow window shows one at a time; a chat goes by the first name of its person. */
const PLACES = ['Petra', 'Viktor', 'Desk', 'Account', 'Mail'];
/** In other colours: those of which a wide window has not shown all. */
const PLACES_AGAIN = ['Desk', 'Account'];

interface Look {
  name: string;
  /** Of the page's own switch. */
  colours: string;
  options: BrowserContextOptions;
  forced?: boolean;
}

/** How a page can look: our own choice of colours, or those that the operating system forces. */
const LOOKS = [
  { name: 'light', colours: 'Light', options: {} },
  { name: 'dark', colours: 'Dark', options: { colorScheme: 'dark' } },
  { name: 'contrast', colours: 'Contrast', options: {} },
  { name: 'forced colours', colours: 'System', options: { forcedColors: 'active' }, forced: true },
] as const satisfies readonly Look[];

async function look(stage: Stage, { colours, options, name, forced = false }: Look): Promise<void> {
  const wide = await stage.open({ viewport: WIDE, ...options });
  const [petra, viktor] = [await chatOf(wide, 1, cast.petra), await chatOf(wide, 2, cast.viktor)];
  const { buttons } = cast.viktor.words;
  const open = viktor.message({ text: REASON, button: buttons.approve });
  // One request serves all looks: what is looked at is its card, with a question opened and left unanswered.
  if ((await open.count()) === 0) await approvalOf(viktor, await askForKey(petra, REASON));
  await viktor.press(buttons.deny_, open);
  await viktor.press(buttons.deny, open);
  await wide.getByLabel('Colours').selectOption({ label: colours });
  await wide.getByRole('button', { name: 'Sign in with this key' }).click();
  // The third column: a channel, with the search open and something found.
  await (await groupOf(wide, 3, cast.jonas, CHANNEL)).finds('People', cast.petra.name);
  const found = [
    ...(await examine(wide, `${name}, ${WIDE.width} px`, forced)),
    ...(await fits(wide, `${name}, ${WIDE.width} px`)),
  ];

  const phone = await stage.open({ viewport: PHONE, ...options });
  await phone.getByLabel('Colours').selectOption({ label: colours });
  await chatOf(phone, 1, cast.petra);
  const parts = phone.getByRole('navigation', { name: 'Parts of the sandbox' });
  for (const place of name === 'light' ? PLACES : PLACES_AGAIN) {
    if (place === 'Viktor') {
      await parts.getByRole('button', { name: /^Mara/ }).click();
      await chatOf(phone, 2, cast.viktor);
    } else await parts.getByRole('button', { name: place }).click();
    const where = `${name}, ${PHONE.width} px, ${place}`;
    found.push(...(await examine(phone, where, forced)), ...(await fits(phone, where)));
  }
  if (name === 'light') {
    await parts.getByRole('button', { name: /^Jonas/ }).click();
    const channel = await groupOf(phone, 3, cast.jonas, CHANNEL);
    for (const searching of [false, true]) {
      if (searching) await channel.finds('Requests', REASON);
      const where = `${name}, ${PHONE.width} px, a channel${searching ? ' and its search' : ''}`;
      found.push(...(await examine(phone, where, forced)), ...(await fits(phone, where)));
    }
  }
  if (found.length > 0) throw new Error(found.join('\n'));
}

export const accessibility: readonly TestCase[] = LOOKS.map((one) => ({
  name: `nothing bars the way in ${one.name}, on a wide window and on a phone`,
  run: (stage: Stage) => look(stage, one),
}));
