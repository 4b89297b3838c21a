import { NUMBER, startService } from '../../../bot/workstations/service.fixture';
import { modern, startVirtualKey } from '../../../infra/local/key';
import { scriptedPrompts } from '../../operations/scripted-prompts.fixture';
import { setPin } from '../../operations/set-pin';
import { addressOf, job, onKey, PIN, registered, replugs, running } from '../job-run.fixture';
import { closeAll, paired } from '../workstation.fixture';

afterEach(closeAll);

it('a key that was silent is not taken for its twin that answers, when it is tried again', async () => {
  const chat = await running(startService());
  const key = await running(startVirtualKey({ touch: 'auto', profile: { ...modern, resetWindowMs: 0 } }));
  const twin = await running(startVirtualKey({ touch: 'auto' }));
  const station = await paired(chat);
  const id = await registered(chat, station, twin);
  await onKey(key, (opened) => setPin(opened, { prompts: scriptedPrompts({ pins: [PIN, PIN] }) }));
  await twin.power(false);
  const { settled } = await job(
    { chat, key, station },
    { act: 'reset', credentialIds: [id], expected: { aaguid: key.aaguid, answered: [] } },
    {
      // It is their key: yes. List first: no. Try again: yes.
      script: { answers: [NUMBER, 'ERASE'], confirms: [true, false, true] },
      devices: [addressOf(key), addressOf(twin)],
      does: replugs(key),
      async asked(question) {
        if (!question.startsWith('Try again')) return;
        await key.power(false);
        await twin.power(true);
      },
    },
  );
  expect(settled).toMatchObject([{ state: 'failed', code: 'key-not-the-same' }]);
  expect(twin.condition()).toMatchObject({ pinSet: true, credentials: 1 });
});
