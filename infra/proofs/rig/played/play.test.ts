import { people } from '../../../local/entra';
import { openPlayedClock } from './clock';
import { openHouse, sharedParts } from './house';
import { play, setScene } from './play';
import { START } from './run';
import { storyCalled } from './stories';

const NEWCOMERS = ['Wanda Ivers', 'Yusuf Obi', 'Zora Lindt'].map((name, at) => ({
  ...{ id: `c0000000-0000-4000-8000-00000000000${at}`, name, manager: people.mara.id },
  upn: `newcomer-${at}@northwind-harbour.example`,
}));

it('a manager who asks for several at once, and decides on others meanwhile, takes no number for another', async () => {
  await sharedParts();
  const clock = openPlayedClock(START);
  try {
    const house = await openHouse({ clock });
    try {
      const subjects = await clock.drive(() =>
        Promise.all(
          NEWCOMERS.map(async (person, at) => {
            await house.hire(person);
            const told = storyCalled(at === 0 ? 'onboarding by pass' : 'onboarding on behalf');
            const own = { requester: person, recipient: person };
            // Her card to decide on the first of them comes before her own form for the others.
            await clock.sleep(at * 500);
            const course = await play(await setScene(house, { ...told, subject: person, ...(at === 0 && own) }));
            const id = await house.truth.tickets.find(course.ticket ?? '');
            const stored = id === undefined ? undefined : await house.truth.tickets.load(id);
            return stored?.ticket.subject.id;
          }),
        ),
      );
      expect(subjects).toEqual(NEWCOMERS.map(({ id }) => id));
    } finally {
      await house.close();
    }
  } finally {
    clock.close();
  }
}, 60_000);
