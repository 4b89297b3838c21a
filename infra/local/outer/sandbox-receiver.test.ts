import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileSecrets } from '../../../bot/keys/file-secrets';
import { createOuter } from '../../../bot/outer';
import { sampleEvent } from '../../../bot/outer/sample-event.fixture';
import { startSandboxReceiver } from './sandbox-receiver';

test('the sandbox’s ticket system and the product share a secret that only their owner reads; a ticket keeps its number', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyvouch-receiver-'));
  const file = join(folder, 'outer-secrets.json');
  const receiver = await startSandboxReceiver(file);
  const outer = createOuter({
    settings: { hand: false, webhook: { url: `${receiver.url}/keyvouch`, names: true, texts: false } },
    secrets: fileSecrets(file),
    noteOf: () => undefined,
    now: () => new Date(),
    sandbox: true,
  });
  try {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const [webhook] = outer.channels;
    const tell = (sequence: number) =>
      webhook!.tell({ ...sampleEvent(), sequence, id: `x.${sequence}` }, { doubt: false, lookOnly: false });
    expect(await tell(1)).toEqual({ number: { number: 'IT-1001' } });
    expect(await tell(2)).toEqual({ number: { number: 'IT-1001' } });
    const shown = (await (await fetch(receiver.url)).json()) as { sequence: number }[];
    expect(shown.map(({ sequence }) => sequence)).toEqual([2, 1]);
  } finally {
    await outer.close();
    await receiver.close();
    rmSync(folder, { recursive: true });
  }
});
