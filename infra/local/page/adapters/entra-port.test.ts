import { createClientPin } from '../../../../agent/ctap/client-pin';
import { createCtap } from '../../../../agent/ctap/ctap';
import { getInfo } from '../../../../agent/ctap/get-info';
import { openChannel } from '../../../../agent/hid/channel';
import { deviceAt } from '../../../../agent/hid/devices';
import { Secret } from '../../../../agent/protocol/secret';
import { people } from '../../entra';
import { EVERY_PERMISSION, startRig } from '../../entra/graph-client.fixture';
import { startVirtualKey } from '../../key';
import { entraPort } from './entra-port';

const { ada } = people;

test('a person signs in with a pass, adds the key at Security info, and signs in with it', async () => {
  const key = await startVirtualKey({ touch: 'auto' });
  const rig = await startRig({
    trustedRootsPem: [key.attestationRootPem],
    switches: { grantedPermissions: EVERY_PERMISSION },
  });
  const device = `tcp:127.0.0.1:${key.port}`;
  const port = entraPort(rig.entra, device);
  let changes = 0;
  const stop = port.subscribe(() => (changes += 1));

  expect(await port.view(ada.id)).toMatchObject({ upn: ada.upn, enabled: true, passkeys: [], signIns: [] });
  expect(await port.signInWithPass(ada.id, 'wrong')).toMatchObject({ ok: false });
  expect(await port.signInWithKey(ada.id, { pin: '1234' })).toMatchObject({ ok: false });

  const channel = await openChannel(deviceAt(device).open);
  const ctap = createCtap(channel);
  await createClientPin(ctap, await getInfo(ctap)).setPin(new Secret('271828'));
  await channel.close();
  const made = await rig.post(`/v1.0/users/${ada.id}/authentication/temporaryAccessPassMethods`, {});
  const entered = await port.signInWithPass(ada.id, String(made.body['temporaryAccessPass']));
  expect(entered.ok).toBe(true);
  expect((await port.view(ada.id)).pass).toBeDefined();
  const session = entered.session ?? '';
  const wrongPin = await port.registerAtSecurityInfo(ada.id, session, { pin: '000000', name: '' });
  expect(wrongPin).toMatchObject({ ok: false });
  const added = await port.registerAtSecurityInfo(ada.id, session, { pin: '271828', name: 'Blue' });
  expect(added).toMatchObject({ ok: true });
  expect(await port.signInWithKey(ada.id, { pin: '271828' })).toMatchObject({ ok: true });

  const view = await port.view(ada.id);
  expect(view.passkeys).toMatchObject([{ name: 'Blue' }]);
  expect(view.signIns.map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(JSON.stringify(view)).not.toContain(String(made.body['temporaryAccessPass']));
  expect(changes).toBeGreaterThan(3);
  stop();
  await rig.close();
  await key.close();
});
