import { createClientPin } from '../../../../agent/ctap/client-pin';
import { PERMISSION, type PinToken } from '../../../../agent/ctap/pin-token';
import { openKey } from '../../../../agent/operations/key';
import { register } from '../../../../agent/operations/register';
import { Secret } from '../../../../agent/protocol/secret';
import { type Dice } from '../../seed';
import { type Book } from './book';
import { drive } from './drive';
import { genuineKey, NO_SABOTAGE, OBEDIENT, type States } from './genuine';
import { plugIn } from './line';
import { createPerson, PINS } from './person';
import { besiege } from './siege';
import { signAnew } from './siege-rules';
import { creationOptions, type Model, RP_ID } from './story';
import { createWatch, type Watch } from './watch';

/** Wrong requests between two looks whether the key is still good for its person. */
const STRIKES_A_SIEGE = 40;
const SITE = { permissions: PERMISSION.makeCredential | PERMISSION.getAssertion, rpId: RP_ID };
const REST = { permissions: PERMISSION.credentialManagement | PERMISSION.largeBlobWrite };

/** A token of the key's for one half of its commands; none where the key gives none of that kind. */
async function tokenFor(plug: ReturnType<typeof plugIn>, watch: Watch, dice: Dice): Promise<PinToken | undefined> {
  let token: PinToken | undefined;
  const reader = PERMISSION.bioEnrollment | PERMISSION.authenticatorConfiguration;
  const request = dice.one([
    SITE,
    REST,
    { permissions: reader },
    { permissions: PERMISSION.authenticatorConfiguration },
  ]);
  watch.typed();
  await drive(watch, async () => {
    const key = await openKey(plug.device);
    token = await createClientPin(key.ctap, key.info)
      .tokenUsingPin(new Secret(PINS.now), request)
      .finally(() => key.close());
  });
  return token;
}

/**
 * Sends wrong requests to a good key, and then has a person register with it.
 *
 * @returns what the key did wrong
 */
export async function playSiege(
  model: Model,
  states: States,
  book: Book,
  dice: Dice,
  { onFrame, onStatus }: { onFrame: (kind: string) => void; onStatus: (status: number) => void },
): Promise<string[]> {
  const genuine = await genuineKey(model, states['with passkeys']);
  const { device, store, end } = genuine;
  const watch = createWatch();
  const plug = plugIn('besieged', end, NO_SABOTAGE, watch);
  const token = await tokenFor(plug, watch, dice);
  const siege = await besiege(genuine, book, onStatus);
  const faults: string[] = [];
  for (let strike = 0; strike < STRIKES_A_SIEGE; strike += 1) {
    onFrame('to the key');
    faults.push(...(await siege.strike(dice, (message) => (token ? signAnew(message, token) : message))));
    // What was done may be right; but what comes next begins where this began.
    if (store.read() !== states['with passkeys']) store.change(() => states['with passkeys']);
  }
  siege.close();
  // Wrong PINs may well have come in a row: as the person would, the key is unplugged once.
  plug.pull();
  plug.plug();
  const person = createPerson(watch, { ...OBEDIENT, pull: plug.pull, plug: plug.plug });
  const ending = await drive(watch, async () => {
    const key = await openKey(plug.device);
    await register(key, { options: creationOptions('dora'), rpId: RP_ID, prompts: person });
    await key.close();
  });
  if (ending.kind !== 'value') faults.push(`nobody can register any more: ${JSON.stringify(ending)}`);
  if (device.condition().pinRetries !== states['with passkeys'].pinRetries) faults.push('a PIN try is missing');
  device.power(false);
  return [...faults, ...watch.violations];
}
